/** Pages of HTML, filled from templates. It uses no other package of this module. */
package udp.it.html;
