package io.tapedeck.tools.counters;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives metrics to a monitoring system over HTTP, on a loopback port. What one may ask of it is bounded: connections,
 * how long each may take to ask, requests at work and waiting.
 */
public final class MetricsServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 32;

    /** The JDK's server reads its limits once, from system properties. */
    private static final Map<String, String> LIMITS = Map.of(
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.maxIdleConnections", "8",
            "sun.net.httpserver.idleInterval", "2",
            "sun.net.httpserver.maxReqTime", "2",
            "sun.net.httpserver.maxRspTime", "2",
            "sun.net.httpserver.maxReqHeaders", "64");

    /** Held here: a level that was set goes with a logger that nobody holds. */
    private static final Logger LIBRARY_LOGGER =
            Logger.getLogger("io.prometheus.metrics.exporter.httpserver.HttpExchangeAdapter");

    static {
        // A stack trace for every client that hangs up before its answer would let anybody fill a disk.
        LIBRARY_LOGGER.setLevel(Level.OFF);
    }

    private final ThreadPoolExecutor executor;
    private final HTTPServer server;

    private MetricsServer(final ThreadPoolExecutor executor, final HTTPServer server) {
        this.executor = executor;
        this.server = server;
    }

    /**
     * Starts to serve at {@code /metrics}.
     *
     * @param collector asked at each request.
     * @param port      on the loopback address; 0 for any that is free.
     * @return to be closed.
     * @throws IOException if the port cannot be had.
     */
    public static MetricsServer start(final CountersCollector collector, final int port) throws IOException {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        final PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(collector);
        // Whoever comes when all is taken is refused: the server closes the connection.
        final ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    final Thread thread = new Thread(task, "tapedeck-metrics");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            return new MetricsServer(
                    executor,
                    HTTPServer.builder()
                            .inetAddress(InetAddress.getLoopbackAddress())
                            .port(port)
                            .registry(registry)
                            .executorService(executor)
                            .buildAndStart());
        } catch (final IOException | RuntimeException ex) {
            executor.shutdownNow();
            throw ex;
        }
    }

    /**
     * Where it serves.
     *
     * @return a port of the loopback address.
     */
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
        executor.shutdownNow();
    }
}
