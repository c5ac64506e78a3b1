package udp.api.spi;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import udp.api.MessageProcessor;

/** The transports and processors on the class path and the module path. */
public final class Providers {
    private Providers() {}

    /**
     * Returns the transports for a side of the exchange, in the order of the class path.
     *
     * @param role the side of the exchange
     * @return the providers that were found, perhaps none
     * @throws IllegalArgumentException if a provider is listed but cannot be loaded
     */
    public static List<TransportProvider> transports(TransportProvider.Role role) {
        List<TransportProvider> transports = load(TransportProvider.class);
        transports.removeIf(transport -> transport.role() != role);
        return transports;
    }

    /**
     * Returns the named processors, in the order of the class path.
     *
     * @return the processors that were found, perhaps none
     * @throws IllegalArgumentException if a processor is listed but cannot be loaded
     */
    public static List<NamedProcessor> processors() {
        return load(NamedProcessor.class);
    }

    /**
     * Returns a transport by its name.
     *
     * @param role the side of the exchange
     * @param name the name of the transport
     * @return the first provider with this role and name
     * @throws IllegalArgumentException if there is none; the message lists the names that there are
     */
    public static TransportProvider transport(TransportProvider.Role role, String name) {
        List<TransportProvider> transports = transports(role);
        for (TransportProvider transport : transports) {
            if (name.equals(transport.name())) {
                return transport;
            }
        }
        throw unknown("transport", name, transports.stream().map(TransportProvider::name));
    }

    /**
     * Returns a transport by its class, which need not be listed as a service.
     *
     * @param name the name of a class that implements {@link TransportProvider} and has a constructor without
     *     parameters
     * @return a new instance of the class
     * @throws IllegalArgumentException if the class does not exist or cannot be instantiated
     */
    public static TransportProvider transportOfClass(String name) {
        try {
            return instantiate(name, TransportProvider.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no class " + name + " on this class path", e);
        }
    }

    /**
     * Returns a processor by its name or its class.
     *
     * @param name the name of a named processor, or of a class that implements {@link MessageProcessor} and has a
     *     constructor without parameters
     * @return a new instance of the first processor with this name, otherwise of the class
     * @throws IllegalArgumentException if there is none; the message lists the names that there are
     */
    public static MessageProcessor processor(String name) {
        List<NamedProcessor> processors = processors();
        for (NamedProcessor processor : processors) {
            if (name.equals(processor.name())) {
                return processor;
            }
        }
        try {
            return instantiate(name, MessageProcessor.class);
        } catch (ClassNotFoundException e) {
            throw unknown("processor", name, processors.stream().map(NamedProcessor::name));
        }
    }

    private static <T> List<T> load(Class<T> service) {
        try {
            List<T> found = new ArrayList<>();
            for (T provider : ServiceLoader.load(service)) {
                found.add(provider);
            }
            return found;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalArgumentException("a provider on the class path cannot be loaded: " + e, e);
        }
    }

    private static IllegalArgumentException unknown(String kind, String name, Stream<String> names) {
        String available = names.filter(Objects::nonNull).collect(Collectors.joining(", "));
        return new IllegalArgumentException("no " + kind + " is called '" + name + "'; available: "
                + (available.isEmpty() ? "none on this class path" : available));
    }

    private static <T> T instantiate(String name, Class<T> service) throws ClassNotFoundException {
        ClassLoader context = Thread.currentThread().getContextClassLoader(); // ServiceLoader uses the same.
        ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        try {
            var constructor =
                    Class.forName(name, true, loader).asSubclass(service).getDeclaredConstructor();
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
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new IllegalArgumentException("class " + name + " cannot be instantiated: " + e, e);
        }
    }
}
