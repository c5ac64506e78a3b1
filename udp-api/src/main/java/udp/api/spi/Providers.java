package udp.api.spi;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import udp.api.MessageProcessor;

/** Finds transports and processors by name, on the class path and the module path. */
public final class Providers {
    private Providers() {}

    /**
     * The transports for one side of the exchange, in the order of the class path.
     *
     * @param role server or client
     * @return what is there, perhaps nothing
     * @throws IllegalArgumentException if one is announced and cannot be loaded
     */
    public static List<TransportProvider> transports(TransportProvider.Role role) {
        return all(TransportProvider.class).stream()
                .filter(provider -> provider.role() == role)
                .toList();
    }

    /**
     * The named processors, in the order of the class path.
     *
     * @return what is there, perhaps nothing
     * @throws IllegalArgumentException if one is announced and cannot be loaded
     */
    public static List<NamedProcessor> processors() {
        return all(NamedProcessor.class);
    }

    /**
     * A transport by its name.
     *
     * @param role server or client
     * @param name the name
     * @return the first one of that name
     * @throws IllegalArgumentException if there is none; the message lists those that there are
     */
    public static TransportProvider transport(TransportProvider.Role role, String name) {
        return named(name, "transport", transports(role), TransportProvider::name);
    }

    /**
     * A transport by its class, which need not be announced.
     *
     * @param name the name of a class that implements {@link TransportProvider} and has a constructor without parameters
     * @return an instance
     * @throws IllegalArgumentException if there is no such class or it cannot be instantiated
     */
    public static TransportProvider transportOfClass(String name) {
        try {
            return instance(name, TransportProvider.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no class " + name + " on this class path", e);
        }
    }

    /**
     * A processor by its name or its class.
     *
     * @param name the name of a named processor, or of a class that implements {@link MessageProcessor} and has a
     *     constructor without parameters
     * @return the first one of that name, an instance that nobody else has
     * @throws IllegalArgumentException if there is none; the message lists those that there are
     */
    public static MessageProcessor processor(String name) {
        List<NamedProcessor> processors = processors();
        if (processors.stream().noneMatch(processor -> name.equals(processor.name()))) {
            try {
                return instance(name, MessageProcessor.class);
            } catch (ClassNotFoundException e) {
                // then it is an unknown name
            }
        }
        return named(name, "processor", processors, NamedProcessor::name);
    }

    private static <T> List<T> all(Class<T> service) {
        try {
            List<T> found = new ArrayList<>();
            ServiceLoader.load(service).forEach(found::add);
            return found;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalArgumentException("a provider on the class path cannot be loaded: " + e, e);
        }
    }

    /** The one that ServiceLoader takes. */
    private static ClassLoader classLoader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    private static <T> T named(String name, String kind, List<T> available, Function<T, String> nameOf) {
        for (T candidate : available) {
            if (name.equals(nameOf.apply(candidate))) {
                return candidate;
            }
        }
        String names = available.stream().map(nameOf).filter(Objects::nonNull).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no " + kind + " is called '" + name + "'; available: "
                + (names.isEmpty() ? "none on this class path" : names));
    }

    private static <T> T instance(String name, Class<T> service) throws ClassNotFoundException {
        try {
            var constructor =
                    Class.forName(name, true, classLoader()).asSubclass(service).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ClassNotFoundException e) {
            throw e;
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("class " + name + " does not implement " + service.getSimpleName(), e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("class " + name + " has no constructor without parameters", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("class " + name + " cannot be instantiated: " + e.getCause(), e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException("class " + name + " cannot be loaded: " + e, e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException("class " + name + " cannot be instantiated: " + e, e);
        }
    }
}
