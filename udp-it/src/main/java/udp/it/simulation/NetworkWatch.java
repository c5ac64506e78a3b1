package udp.it.simulation;

/** Sees what the programs on a simulated network do. */
interface NetworkWatch {
    /** Sees nothing. */
    NetworkWatch NONE = new NetworkWatch() {};

    /** Sees that a program has sent a datagram. */
    default void onSend(SimulatedTransport transport, Datagram datagram) {}

    /** Sees what the network is going to do with a datagram that was sent. */
    default void onEnter(Datagram datagram, String name, String fate) {}

    /** Sees that a datagram has come to its end; the name of a stranger's is null, and so is the failure if it arrives. */
    default void onLeave(Datagram datagram, String name, String failure) {}

    /** Sees that a datagram has arrived at a socket. */
    default void onArrival(SimulatedTransport transport, Datagram datagram) {}

    /** Sees that a program has received a datagram. */
    default void onReceive(SimulatedTransport transport, Datagram datagram) {}

    /** Sees that a connected socket learns of a closed port. */
    default void onRefusal(SimulatedTransport transport) {}

    /** Sees that a program has closed a socket. */
    default void onClose(SimulatedTransport transport) {}
}
