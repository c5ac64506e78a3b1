package udp.internal.trace;

/**
 * The method that a socket call is in Java, by the name of the transport. The two that come with the project call the
 * JDK; of any other nothing is known but the methods of this project.
 */
record JavaNames(String provider) {
    String of(Call call) {
        return switch (provider) {
            case "channel" -> "DatagramChannel." + (call == Call.SOCKET ? "open" : method(call));
            case "socket" -> call == Call.SOCKET ? "DatagramChannel.socket" : "DatagramSocket." + method(call);
            default ->
                switch (call) {
                    case SOCKET, BIND, CONNECT -> "TransportProvider.open";
                    default -> "Transport." + method(call);
                };
        };
    }

    private static String method(Call call) {
        return switch (call) {
            case BIND -> "bind";
            case CONNECT -> "connect";
            case SENDTO -> "send";
            case RECVFROM, TIME_OUT -> "receive";
            default -> "close";
        };
    }
}
