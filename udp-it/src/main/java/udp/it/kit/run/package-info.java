/** The engine that runs contracts and collects the results of their rules. */
package udp.it.kit.run;
