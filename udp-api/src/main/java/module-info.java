/** The two interfaces of the exchange, what a provider plugs in, and what server and client share. */
@SuppressWarnings("module") // the two programs are compiled after the api that lets them in
module udp.api {
    requires jdk.jfr;

    exports udp.api;
    exports udp.api.spi;
    exports udp.api.cli to
            udp.server,
            udp.client;
    exports udp.api.jfr to
            udp.server,
            udp.client;
    exports udp.api.trace to
            udp.server,
            udp.client;

    uses udp.api.spi.NamedProcessor;
    uses udp.api.spi.TransportProvider;
}
