package udp.client;

/** Told what an exchange waits for, in words. */
@FunctionalInterface
interface Progress {
    void waiting(String reason);
}
