/** Servers on other libraries, to be measured beside ours; each binds to the port of loopback that it is given. */
package udp.it.others;
