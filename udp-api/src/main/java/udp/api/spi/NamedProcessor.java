package udp.api.spi;

import udp.api.MessageProcessor;

/**
 * A processor that is chosen by name. Implementations are public, have a public constructor without parameters, and are
 * named in {@code META-INF/services/udp.api.spi.NamedProcessor} (or in {@code provides} of a module);
 * {@code --processor} then takes their name.
 */
public interface NamedProcessor extends MessageProcessor {
    /**
     * The name by which it is chosen, such as {@code upper}: one word in lower case.
     *
     * @return the name, unique among the processors
     */
    String name();
}
