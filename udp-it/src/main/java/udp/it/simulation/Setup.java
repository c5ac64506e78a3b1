package udp.it.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import udp.client.RetryPolicy;

/**
 * What runs on a simulated network: clients, each of which has exchanges one after the other, and a server.
 *
 * @param exchanges of all clients together
 * @param messages of each exchange: the reply to one makes the next request
 * @param addresses of the server's name
 * @param isMixed whether the seed decides the messages, the pauses between exchanges and which requests get no reply;
 *     otherwise all are alike, without pause, and get replies
 * @param strangers whether datagrams from strangers come while a client waits
 * @param opening how long it takes a client to open a socket
 */
record Setup(
        int clients,
        int exchanges,
        int messages,
        RetryPolicy policy,
        List<Address> addresses,
        boolean isMixed,
        boolean strangers,
        Duration opening,
        long seed) {
    /** What is at an address of the server. */
    enum Address {
        /** The server. */
        SERVER,
        /** A host, but no server. */
        CLOSED_PORT,
        /** Nothing. */
        NOTHING,
        /** Whatever there is, it has an IPv6 address, and the clients have none. */
        IPV6
    }

    private static final List<List<Address>> MIXED = List.of(
            List.of(Address.SERVER),
            List.of(Address.SERVER, Address.SERVER),
            List.of(Address.CLOSED_PORT, Address.SERVER),
            List.of(Address.NOTHING, Address.SERVER),
            List.of(Address.IPV6, Address.SERVER),
            List.of(Address.CLOSED_PORT),
            List.of(Address.NOTHING));

    /** A plan of an exchange. */
    record Exchange(boolean isEmpty, int messages, Duration pause) {}

    /** Returns a setup without mishaps but those of the network: one client, one exchange, one address. */
    static Setup plain(RetryPolicy policy) {
        return new Setup(1, 1, 1, policy, List.of(Address.SERVER), false, false, Duration.ZERO, 0);
    }

    /** Returns a setup that the seed decides. */
    static Setup mixed(int clients, int exchanges, RetryPolicy policy, long seed) {
        Random random = new Random(seed);
        List<Address> addresses = MIXED.get(random.nextInt(3) > 0 ? 0 : random.nextInt(MIXED.size()));
        return new Setup(clients, exchanges, 1, policy, addresses, true, random.nextInt(4) == 0, Duration.ZERO, seed);
    }

    Setup clients(int number) {
        return new Setup(number, exchanges, messages, policy, addresses, isMixed, strangers, opening, seed);
    }

    Setup exchanges(int number) {
        return new Setup(clients, number, messages, policy, addresses, isMixed, strangers, opening, seed);
    }

    Setup messages(int number) {
        return new Setup(clients, exchanges, number, policy, addresses, isMixed, strangers, opening, seed);
    }

    Setup addresses(Address... all) {
        return new Setup(clients, exchanges, messages, policy, List.of(all), isMixed, strangers, opening, seed);
    }

    Setup strangers(boolean come) {
        return new Setup(clients, exchanges, messages, policy, addresses, isMixed, come, opening, seed);
    }

    Setup opening(Duration takes) {
        return new Setup(clients, exchanges, messages, policy, addresses, isMixed, strangers, takes, seed);
    }

    /** Returns how many exchanges a client has. */
    int exchangesOf(int client) {
        return exchanges / clients + (client < exchanges % clients ? 1 : 0);
    }

    /** Returns the plan of a client's exchange. It does not depend on how many others there are. */
    Exchange exchange(int client, int index) {
        if (!isMixed) {
            return new Exchange(strangers, messages, Duration.ZERO);
        }
        Random random = new Random(seed * 31 + client * 1_000_003L + index);
        random.nextInt(); // The first numbers of similar seeds are similar.
        boolean isEmpty = random.nextInt(8) == 0;
        int length = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        long pause = random.nextBoolean()
                ? 0
                : random.nextInt(2 * (int) policy.timeout().toMillis());
        return new Exchange(isEmpty, length, Duration.ofMillis(pause));
    }

    /** Returns whether a request gets a reply; {@code number} counts the requests from 1. */
    boolean isReplied(int number) {
        return !isMixed || Long.hashCode((seed + number) * 0x9e3779b97f4a7c15L) % 16 != 0;
    }
}
