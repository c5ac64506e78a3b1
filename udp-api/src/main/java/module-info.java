/** The two interfaces of the exchange and what plugs into them; inside, what both programs share. */
@SuppressWarnings("module") // the two programs are compiled after the api that lets them in
module udp.api {
    requires jdk.jfr;

    exports udp.api;
    exports udp.api.spi;
    exports udp.internal.cli to
            udp.server,
            udp.client;
    exports udp.internal.fault to
            udp.server,
            udp.client;
    exports udp.internal.jfr to
            udp.server,
            udp.client;
    exports udp.internal.net to
            udp.server,
            udp.client;
    exports udp.internal.text to
            udp.server,
            udp.client;
    exports udp.internal.trace to
            udp.server,
            udp.client;

    uses udp.api.spi.NamedProcessor;
    uses udp.api.spi.TransportProvider;
}
