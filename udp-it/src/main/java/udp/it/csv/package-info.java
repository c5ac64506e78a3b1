/** Tables of comma-separated values. It uses no other package of this module. */
package udp.it.csv;
