package udp.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.BufferOverflowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

class FailureExplainerTest {
    private static String explained(Throwable failure) throws Exception {
        ExtensionContext context = mock();
        when(context.getRequiredTestMethod())
                .thenReturn(ReceiveRules.class.getDeclaredMethod("rule_1_1_theLimitStays"));
        return assertThrows(
                        AssertionError.class,
                        () -> new FailureExplainer().handleTestExecutionException(context, failure))
                .getMessage();
    }

    @Test
    void aFailureTellsWhatWasExpectedWhatHappenedAndTheCommonCause() throws Exception {
        assertEquals(
                "expected the limit to stay 18, but it was 8;"
                        + " common cause: flipped the buffer, which is the caller's part",
                explained(assertThrows(AssertionError.class, () -> KitAssertions.equal("the limit to stay", 18, 8))));
    }

    @Test
    void codeThatIsNotWrittenYetIsTheCauseWhereverItIsNamed() throws Exception {
        Throwable unwritten = new UnsupportedOperationException("reverse is to be written");
        Throwable told = KitAssertions.failure("an outcome", "it threw " + KitAssertions.named(unwritten));
        assertTrue(explained(told).endsWith("; common cause: this part is not written yet"), explained(told));
    }

    @Test
    void anExceptionTellsMoreThanItsTest() throws Exception {
        BufferOverflowException failure = new BufferOverflowException();
        failure.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.nio.ByteBuffer", "put", "ByteBuffer.java", 1),
            new StackTraceElement("homework.Mine", "receive", "Mine.java", 42)
        });
        assertEquals(
                "expected no exception, but there was BufferOverflowException at Mine.java:42;"
                        + " common cause: put the whole array into the buffer instead of the datagram's length",
                explained(failure));
    }
}
