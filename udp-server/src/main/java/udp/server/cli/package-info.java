/** The command line of the server. */
package udp.server.cli;
