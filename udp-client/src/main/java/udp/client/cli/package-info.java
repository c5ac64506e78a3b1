/** The command line of the client. */
package udp.client.cli;
