/** The commands that a user gives to the kit and to the benchmark. It uses no other package of this module. */
package udp.it.command;
