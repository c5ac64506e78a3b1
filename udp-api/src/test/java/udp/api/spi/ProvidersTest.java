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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void transportsAreListedByRole() throws Exception {
        List<Class<?>> found = announced(
                TRANSPORTS,
                () -> List.of(
                        only(Providers.transports(Role.CLIENT)).getClass(),
                        only(Providers.transports(Role.SERVER)).getClass()),
                Announced.Server.class,
                Announced.Client.class);
        assertEquals(List.of(Announced.Client.class, Announced.Server.class), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER", "CLIENT"})
    void aTransportIsFoundByRoleAndName(Role role) throws Exception {
        TransportProvider found = announced(
                TRANSPORTS, () -> Providers.transport(role, "pigeon"), Announced.Client.class, Announced.Server.class);
        assertEquals(role, found.role());
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
    void aProcessorIsFoundByName() throws Exception {
        assertSame(
                Announced.Whisper.class,
                announced(
                        PROCESSORS,
                        () -> Providers.processor("whisper").getClass(),
                        Announced.Shout.class,
                        Announced.Whisper.class));
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

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.String", "[I"})
    void aClassThatIsNoProcessorIsRefused(String name) {
        assertEquals(
                "class " + name + " does not implement MessageProcessor", refused(() -> Providers.processor(name)));
    }

    @ParameterizedTest
    @ValueSource(classes = {Demanding.class, MessageProcessor.class})
    void aClassWithoutAFittingConstructorIsRefused(Class<?> type) {
        assertEquals(
                "class " + type.getName() + " has no constructor without parameters",
                refused(() -> Providers.processor(type.getName())));
    }

    @Test
    void anAbstractClassIsRefused() {
        assertTrue(refused(() -> Providers.processor(Abstract.class.getName()))
                .startsWith("class " + Abstract.class.getName() + " cannot be instantiated: "));
    }

    @Test
    void aConstructorThatThrowsIsNamedTogetherWithWhatItThrew() {
        String message = refused(() -> Providers.processor(Failing.class.getName()));
        assertTrue(message.startsWith("class " + Failing.class.getName() + " cannot be instantiated: "), message);
        assertTrue(message.endsWith("java.lang.IllegalStateException: no licence"), message);
    }

    @Test
    void aClassWhoseInitializerThrowsIsNotCalledUnknown() {
        String message = refused(() -> Providers.processor(BrokenFromTheStart.class.getName()));
        assertTrue(message.startsWith("class " + BrokenFromTheStart.class.getName() + " cannot be"), message);
    }

    @Test
    void anAnnouncedClassThatIsMissingIsReported() throws Exception {
        String message =
                Announced.during(directory, Map.of(PROCESSORS, "no.such.Thing"), () -> refused(Providers::processors));
        assertTrue(message.startsWith("a provider on the class path cannot be loaded: "), message);
        assertTrue(message.contains("no.such.Thing"), message);
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

    @Test
    void anAnnouncedClassWhoseFileIsDamagedIsReported() throws Exception {
        Files.write(directory.resolve("Damaged.class"), new byte[] {1, 2, 3});
        String message =
                Announced.during(directory, Map.of(PROCESSORS, "Damaged"), () -> refused(Providers::processors));
        assertTrue(message.startsWith("a provider on the class path cannot be loaded: "), message);
        assertTrue(message.contains("ClassFormatError"), message);
    }

    @Test
    void aServicesFileThatIsNoListIsReported() throws Exception {
        String message = Announced.during(
                directory, Map.of(PROCESSORS, "two words"), () -> refused(() -> Providers.processor("shout")));
        assertTrue(message.startsWith("a provider on the class path cannot be loaded: "), message);
    }

    private <T> T announced(String service, Callable<T> action, Class<?>... types) throws Exception {
        List<String> names = List.of(types).stream().map(Class::getName).toList();
        return Announced.during(directory, Map.of(service, String.join("\n", names)), action);
    }

    private static List<String> names(List<NamedProcessor> processors) {
        return processors.stream().map(NamedProcessor::name).toList();
    }

    private static <T> T only(List<T> list) {
        assertEquals(1, list.size());
        return list.get(0);
    }

    private static String refused(Callable<?> lookUp) {
        return assertThrows(IllegalArgumentException.class, lookUp::call).getMessage();
    }
}
