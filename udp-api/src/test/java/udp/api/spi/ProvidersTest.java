package udp.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import udp.api.MessageProcessor;
import udp.api.spi.TransportProvider.Role;

class ProvidersTest {
    private static final String PROCESSORS = "udp.api.spi.NamedProcessor";
    private static final String TRANSPORTS = "udp.api.spi.TransportProvider";

    @TempDir
    Path directory;

    /** A private class with a private constructor. */
    private static final class Hidden extends Silent {
        private Hidden() {}
    }

    static class Silent implements MessageProcessor {
        @Override
        public Outcome process(ByteBuffer request, ByteBuffer reply, InetSocketAddress peer) {
            return Outcome.NO_REPLY;
        }
    }

    static final class Demanding extends Silent {
        Demanding(String wish) {
            assertFalse(wish.isEmpty());
        }
    }

    static final class Failing extends Silent {
        Failing() {
            throw new IllegalStateException("no licence");
        }
    }

    abstract static class Abstract extends Silent {}

    static final class BrokenFromTheStart extends Silent {
        static final int NUMBER = Integer.parseInt("no number");
    }

    @Test
    void thereIsNothingByDefault() {
        assertEquals(List.of(), Providers.processors());
        assertEquals(List.of(), Providers.transports(Role.SERVER));
    }

    @Test
    void processorsAreListedInTheirOrder() throws Exception {
        assertEquals(
                List.of("whisper", "shout"),
                announced(
                        PROCESSORS,
                        () -> names(Providers.processors()),
                        Announced.Whisper.class,
                        Announced.Shout.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER", "CLIENT"})
    void aTransportIsFoundByRoleAndName(Role role) throws Exception {
        announced(
                TRANSPORTS,
                () -> {
                    assertEquals(role, Providers.transport(role, "pigeon").role());
                    assertEquals(
                            List.of(role),
                            Providers.transports(role).stream()
                                    .map(TransportProvider::role)
                                    .toList());
                    return null;
                },
                Announced.Client.class,
                Announced.Server.class);
    }

    @Test
    void anUnknownTransportListsThoseOfTheRole() throws Exception {
        assertEquals(
                "no transport is called 'socket'; available: pigeon",
                announced(
                        TRANSPORTS,
                        () -> refused(() -> Providers.transport(Role.SERVER, "socket")),
                        Announced.Server.class,
                        Announced.Client.class));
    }

    @Test
    void theFirstOfTwoWithOneNameIsTaken() throws Exception {
        assertSame(
                Announced.LaterShout.class,
                announced(
                        PROCESSORS,
                        () -> Providers.processor("shout").getClass(),
                        Announced.LaterShout.class,
                        Announced.Shout.class));
    }

    @Test
    void everyProcessorIsANewInstance() throws Exception {
        announced(
                PROCESSORS,
                () -> {
                    assertNotSame(Providers.processor("shout"), Providers.processor("shout"));
                    return null;
                },
                Announced.Shout.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHOUT", "shout ", "no.such.Thing", "a/b", "udp.api.spi"})
    void anUnknownProcessorListsThoseThatThereAre(String name) throws Exception {
        assertEquals(
                "no processor is called '" + name + "'; available: shout, whisper",
                announced(
                        PROCESSORS,
                        () -> refused(() -> Providers.processor(name)),
                        Announced.Shout.class,
                        Announced.Whisper.class));
    }

    @Test
    void aProcessorIsFoundByItsClassEvenIfThatIsHidden() {
        assertInstanceOf(Hidden.class, Providers.processor(Hidden.class.getName()));
    }

    @Test
    void aNamedProcessorIsFoundByItsClassToo() {
        assertInstanceOf(Announced.Shout.class, Providers.processor(Announced.Shout.class.getName()));
    }

    static Stream<Arguments> unfit() {
        String start = " cannot be instantiated: ";
        return Stream.of(
                Arguments.of("java.lang.String", " does not implement MessageProcessor", ""),
                Arguments.of("[I", " does not implement MessageProcessor", ""),
                Arguments.of(Demanding.class.getName(), " has no constructor without parameters", ""),
                Arguments.of(MessageProcessor.class.getName(), " has no constructor without parameters", ""),
                Arguments.of(Abstract.class.getName(), start, ""),
                Arguments.of(Failing.class.getName(), start, "java.lang.IllegalStateException: no licence"),
                Arguments.of(BrokenFromTheStart.class.getName(), " cannot be", ""));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void aClassThatIsUnfitIsRefused(String name, String start, String end) {
        String message = refused(() -> Providers.processor(name));
        assertTrue(message.startsWith("class " + name + start) && message.endsWith(end), message);
    }

    @ParameterizedTest
    @CsvSource({"no.such.Thing, no.such.Thing", "Damaged, ClassFormatError", "two words, Illegal"})
    void anAnnouncedClassThatCannotBeLoadedIsReported(String announced, String reason) throws Exception {
        Files.write(directory.resolve("Damaged.class"), new byte[] {1, 2, 3});
        for (Callable<?> lookUp : List.<Callable<?>>of(Providers::processors, () -> Providers.processor("shout"))) {
            String message = Announced.during(directory, Map.of(PROCESSORS, announced), () -> refused(lookUp));
            assertTrue(message.startsWith("a provider on the class path cannot be loaded: "), message);
            assertTrue(message.contains(reason), message);
        }
    }

    @Test
    void anAnnouncedClassOfAnotherKindIsReported() throws Exception {
        String message = Announced.during(
                directory,
                Map.of(TRANSPORTS, Announced.Shout.class.getName()),
                () -> refused(() -> Providers.transport(Role.SERVER, "channel")));
        assertTrue(message.startsWith("a provider on the class path cannot be loaded: "), message);
        assertTrue(message.contains("Shout"), message);
    }

    private <T> T announced(String service, Callable<T> action, Class<?>... types) throws Exception {
        List<String> names = List.of(types).stream().map(Class::getName).toList();
        return Announced.during(directory, Map.of(service, String.join("\n", names)), action);
    }

    private static List<String> names(List<NamedProcessor> processors) {
        return processors.stream().map(NamedProcessor::name).toList();
    }

    private static String refused(Callable<?> lookUp) {
        return assertThrows(IllegalArgumentException.class, lookUp::call).getMessage();
    }
}
