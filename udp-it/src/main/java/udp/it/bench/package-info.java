/**
 * The benchmark of each client transport with each server over loopback. Begin with {@link udp.it.bench.BenchCommand}: it
 * starts the servers, {@link udp.it.bench.Rounds} measures, {@link udp.it.bench.ResultTable} and
 * {@link udp.it.bench.BenchReport} show the results.
 */
package udp.it.bench;
