package io.tapedeck.tools.counters;

import java.util.HashMap;
import java.util.Map;

/** The metric for each counter that there is. */
final class MetricCatalogue {
    private static final Metric REQUESTS =
            Metric.counter("tapedeck_requests", "Datagrams to the request server, by what became of them.");
    private static final Metric GLIMPSE_ENDS = Metric.counter(
            "tapedeck_glimpse_connections_ended", "Connections to the snapshot server, by how they ended.");
    private static final Map<String, Metric> BY_COUNTER = new HashMap<>();

    static {
        add("published", Metric.counter("tapedeck_ring_published_records", "Records that the producer has published."));
        add("stalls", Metric.counter("tapedeck_ring_stalls", "Claims that had to wait for a consumer."));
        add(
                "stall-ns",
                Metric.counter("tapedeck_ring_stall_seconds", "Time that claims have waited for consumers.")
                        .fromNanoseconds());
        add(
                "consumed",
                Metric.counter("tapedeck_consumer_records", "Records that a consumer has done with.")
                        .per("consumer"));
        add(
                "missed",
                Metric.counter(
                                "tapedeck_consumer_missed_records",
                                "Records that a following consumer could not take from the ring.")
                        .per("consumer"));
        add(
                "failed",
                Metric.counter("tapedeck_consumer_failures", "Times that a consumer has failed.")
                        .per("consumer"));
        add(
                CountersLook.LAG,
                Metric.gauge("tapedeck_consumer_lag_records", "Records published and not yet consumed.")
                        .per("consumer"));
        add(
                "feed-packets",
                Metric.counter("tapedeck_feed_packets", "Packets sent, heartbeats and ends of session included."));
        add("feed-messages", Metric.counter("tapedeck_feed_messages", "Messages sent, empty ones included."));
        add("feed-bytes", Metric.counter("tapedeck_feed_payload_bytes", "Bytes sent as payload of packets."));
        add("feed-heartbeats", Metric.counter("tapedeck_feed_heartbeats", "Heartbeats sent."));
        add(
                "feed-refused",
                Metric.counter("tapedeck_feed_refused_records", "Records that no message could be made of."));
        add(
                "feed-send-retries",
                Metric.counter("tapedeck_feed_send_retries", "Packets offered again because a send buffer was full."));
        add(
                "requests-received",
                Metric.counter("tapedeck_requests_received", "Datagrams that came to the request server."));
        add("requests-messages", Metric.counter("tapedeck_requests_messages", "Messages sent again in answers."));
        add("requests-from-recent", REQUESTS.of("from-recent"));
        add("requests-from-journal", REQUESTS.of("from-journal"));
        add("requests-malformed", REQUESTS.of("malformed"));
        add("requests-foreign", REQUESTS.of("foreign"));
        add("requests-future", REQUESTS.of("future"));
        add("requests-limited", REQUESTS.of("limited"));
        add("requests-unavailable", REQUESTS.of("unavailable"));
        add("requests-failed", REQUESTS.of("failed"));
        add(
                "glimpse-connections",
                Metric.counter("tapedeck_glimpse_connections", "Connections that came to the snapshot server."));
        add("glimpse-logins", Metric.counter("tapedeck_glimpse_logins", "Logins that were accepted."));
        add(
                "glimpse-snapshots",
                Metric.counter("tapedeck_glimpse_snapshots", "Snapshots of the books that were taken."));
        add("glimpse-served", Metric.counter("tapedeck_glimpse_served", "Clients that were sent a whole snapshot."));
        add("glimpse-bytes", Metric.counter("tapedeck_glimpse_sent_bytes", "Bytes of snapshots that were sent."));
        add("glimpse-refused", GLIMPSE_ENDS.of("refused"));
        add("glimpse-rejected", GLIMPSE_ENDS.of("rejected"));
        add("glimpse-logged-out", GLIMPSE_ENDS.of("logged-out"));
        add("glimpse-disconnected", GLIMPSE_ENDS.of("disconnected"));
        add("glimpse-silent", GLIMPSE_ENDS.of("silent"));
        add("glimpse-slow", GLIMPSE_ENDS.of("slow"));
        add("glimpse-malformed", GLIMPSE_ENDS.of("malformed"));
        add("glimpse-unavailable", GLIMPSE_ENDS.of("unavailable"));
        add("glimpse-session-ended", GLIMPSE_ENDS.of("session-ended"));
        add(
                "receiver-packets",
                Metric.counter("tapedeck_receiver_packets", "Packets that came, of any kind and session."));
        add(
                "receiver-messages",
                Metric.counter("tapedeck_receiver_messages", "Messages given on, in order, each once."));
        add("receiver-gaps", Metric.counter("tapedeck_receiver_gaps", "Gaps that were given up."));
        add("receiver-missing", Metric.counter("tapedeck_receiver_missing_messages", "Messages that were given up."));
        add(
                "receiver-requests",
                Metric.counter("tapedeck_receiver_requests", "Requests sent for messages that were lost."));
        add(
                "receiver-recovered",
                Metric.counter("tapedeck_receiver_recovered_messages", "Messages that answers brought first."));
        add("receiver-duplicates", Metric.counter("tapedeck_receiver_duplicate_messages", "Messages that came again."));
        add("receiver-malformed", Metric.counter("tapedeck_receiver_malformed_packets", "Packets that are none."));
        add(
                "receiver-other-session",
                Metric.counter("tapedeck_receiver_other_session_packets", "Packets of other sessions."));
        add(
                "receiver-overflows",
                Metric.counter(
                        "tapedeck_receiver_overflow_packets",
                        "Packets for which there was no room to wait behind a gap."));
        add(
                "receiver-in-gap",
                Metric.gauge(
                        "tapedeck_receiver_in_gap", "1 while a message is missing and everything behind it waits."));
        add(
                "line-packets",
                Metric.counter("tapedeck_receiver_line_packets", "Packets that a line brought.")
                        .per("line"));
        add(
                "line-messages",
                Metric.counter("tapedeck_receiver_line_messages", "Messages that a line brought.")
                        .per("line"));
        add(
                "line-first",
                Metric.counter(
                                "tapedeck_receiver_line_first_messages",
                                "Messages that a line brought before any other.")
                        .per("line"));
        add(
                "line-gaps",
                Metric.counter("tapedeck_receiver_line_gaps", "Times that the numbers of a line left some out.")
                        .per("line"));
        add(
                "line-missing",
                Metric.counter("tapedeck_receiver_line_missing_messages", "Messages that a line left out.")
                        .per("line"));
    }

    private MetricCatalogue() {}

    private static void add(final String counter, final Metric metric) {
        BY_COUNTER.put(counter, metric);
    }

    /**
     * The metric for a counter.
     *
     * @param counter its name, without unit and part.
     * @return null for a counter that only another version knows.
     */
    static Metric of(final String counter) {
        return BY_COUNTER.get(counter);
    }
}
