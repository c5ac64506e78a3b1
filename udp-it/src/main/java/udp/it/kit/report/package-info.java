/** The results of all rules, for people, build servers and autograders. */
package udp.it.kit.report;
