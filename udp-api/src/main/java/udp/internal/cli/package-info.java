/** The command lines of the programs: options, the sources of their values, the streams, the report of a failure. */
package udp.internal.cli;
