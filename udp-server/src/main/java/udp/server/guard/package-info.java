/** Guards: what decides whether a request is served at all. */
package udp.server.guard;
