/** The submissions of a class: unpacked, compiled, checked and put into a table. Uses the kit. */
package udp.it.grade;
