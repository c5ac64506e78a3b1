package udp.it.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import udp.it.bench.BenchResults.Spread;

class SpreadTest {
    @Test
    void isTheMedianAndTheRange() {
        assertEquals(new Spread(3, 1, 9), Spread.of(DoubleStream.of(9, 1, 3)));
        assertEquals(new Spread(2.5, 1, 9), Spread.of(DoubleStream.of(9, 1, 2, 3)));
        assertEquals(new Spread(7, 7, 7), Spread.of(DoubleStream.of(7)));
    }

    @Test
    void isOfTheRoundsThatHaveTheFigure() {
        assertEquals(new Spread(2, 1, 3), Spread.of(DoubleStream.of(Double.NaN, 3, 1)));
        assertTrue(Double.isNaN(Spread.of(DoubleStream.of(Double.NaN)).median()));
        assertTrue(Double.isNaN(Spread.of(DoubleStream.empty()).median()));
    }

    @Test
    void saysHalfOfTheRange() {
        assertEquals("±50%", new Spread(4, 3, 7).plusMinus());
        assertEquals("±0%", new Spread(0, 0, 0).plusMinus());
        assertEquals("-", Spread.of(DoubleStream.empty()).plusMinus());
    }
}
