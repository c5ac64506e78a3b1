/** The named processors: what a request becomes. */
package udp.server.processor;
