package udp.api.spi;

import udp.api.MessageProcessor;

/**
 * A processor with a name, which {@code --processor} takes. An implementation is public, has a public constructor
 * without parameters, and is listed in {@code META-INF/services/udp.api.spi.NamedProcessor} or in the {@code provides}
 * of a module.
 */
public interface NamedProcessor extends MessageProcessor {
    /**
     * Returns the name, a word in lower case such as {@code upper}.
     *
     * @return the name, which no other processor has
     */
    String name();
}
