// What a run has found: a line for people, and with --json an object for programs.
#include "load.h"

#include <stdio.h>

// With --json the program's line goes to stdout and the person's to stderr.
static FILE *human(void)
{
    return options.json ? stderr : stdout;
}

static void json_start(void)
{
    printf("{\"protocol\":\"%s\",\"workload\":\"%s\",\"cipher\":\"TLS_AES_128_GCM_SHA256\"", options.protocol_name,
           options.workload_name);
}

static void json_number(const char *key, double value)
{
    printf(",\"%s\":%.10g", key, value);
}

static void json_latency(const char *key, const struct histogram *histogram)
{
    printf(",\"%s\":{\"count\":%llu,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,\"p99_9\":%.1f,\"max\":%.1f}", key,
           (unsigned long long)histogram->count, histogram_us(histogram, 0.5), histogram_us(histogram, 0.9),
           histogram_us(histogram, 0.99), histogram_us(histogram, 0.999), (double)histogram->max / 1e3);
}

static void json_cpu(const struct interval *interval, const char *per_unit)
{
    json_number("measured_seconds", interval->seconds);
    json_number(per_unit, interval->server_us_per_unit);
    json_number("server_cores", interval->server_cores);
    json_number("generator_cores", interval->own_cores);
    json_number("server_rss_kib", (double)server_rss_kib());
}

static void human_latency(const char *name, const struct histogram *histogram)
{
    if (histogram->count > 0) {
        fprintf(human(), "; %s p50 %.1f p99 %.1f p99.9 %.1f max %.0f us", name, histogram_us(histogram, 0.5),
                histogram_us(histogram, 0.99), histogram_us(histogram, 0.999), (double)histogram->max / 1e3);
    }
}

static void human_cpu(const struct interval *interval, const char *unit)
{
    if (options.server_pid) {
        fprintf(human(), "; server %.2f us/%s %.2f cores %ld KiB", interval->server_us_per_unit, unit,
                interval->server_cores, server_rss_kib());
    }
    fprintf(human(), "; generator %.2f cores", interval->own_cores);
}

// ---- relay ----------------------------------------------------------------------------------------------------------

static uint64_t count_lost(void)
{
    return counts.sent - counts.delivered;
}

static uint64_t count_unacked(void)
{
    return options.expect_acks ? counts.sent - counts.acked : 0;
}

// Gaps are not added: what they miss is lost (or unacked) too.
uint64_t count_errors(void)
{
    return count_lost() + count_unacked() + counts.duplicates + counts.misordered + counts.ack_duplicates
         + counts.ack_misordered + counts.corrupt + counts.misrouted;
}

static void print_relay_json(const struct interval *interval, double setup_seconds, double behind_ms)
{
    json_start();
    json_number("connections", conn_count);
    json_number("pairs", flow_count);
    json_number("window", options.rate > 0 ? 0 : options.window);
    json_number("rate", options.rate);
    json_number("text_bytes", options.text_bytes);
    json_number("coalesced", options.coalesce);
    json_number("setup_seconds", setup_seconds);
    json_number("messages", interval->units);
    json_number("messages_per_second", interval->units_per_second);
    json_number("behind_schedule_ms", behind_ms);
    json_latency("latency_us", &delivery_latency);
    json_latency("ack_latency_us", &ack_latency);
    json_cpu(interval, "server_us_per_message");
    const struct { const char *key; uint64_t value; } numbers[] = {
        {"sent", counts.sent}, {"delivered", counts.delivered}, {"acked", counts.acked},
        {"lost", count_lost()}, {"unacked", count_unacked()},
        {"duplicates", counts.duplicates}, {"gaps", counts.gaps}, {"misordered", counts.misordered},
        {"ack_duplicates", counts.ack_duplicates}, {"ack_gaps", counts.ack_gaps},
        {"ack_misordered", counts.ack_misordered}, {"corrupt", counts.corrupt}, {"misrouted", counts.misrouted},
        {"errors", count_errors()},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_number(numbers[i].key, (double)numbers[i].value);
    }
    puts("}");
}

static void human_counts(void)
{
    const struct { const char *name; uint64_t value; } faults[] = {
        {"lost", count_lost()}, {"unacked", count_unacked()},
        {"duplicates", counts.duplicates}, {"gaps", counts.gaps}, {"misordered", counts.misordered},
        {"ack duplicates", counts.ack_duplicates}, {"ack gaps", counts.ack_gaps},
        {"ack misordered", counts.ack_misordered}, {"corrupt", counts.corrupt}, {"misrouted", counts.misrouted},
    };
    fprintf(human(), "; sent %llu delivered %llu acked %llu errors %llu", (unsigned long long)counts.sent,
            (unsigned long long)counts.delivered, (unsigned long long)counts.acked,
            (unsigned long long)count_errors());
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (faults[i].value > 0) {
            fprintf(human(), ", %s %llu", faults[i].name, (unsigned long long)faults[i].value);
        }
    }
}

static void print_relay(const struct interval *interval, double behind_ms)
{
    fprintf(human(), "%s relay n=%u pairs=%u ", options.protocol_name, conn_count, flow_count);
    if (options.rate > 0) {
        fprintf(human(), "rate=%.0f (%.1f ms behind at the end)", options.rate, behind_ms);
    } else {
        fprintf(human(), "w=%d%s", options.window, options.coalesce ? " coalesced" : "");
    }
    fprintf(human(), ": %.0f msgs/s", interval->units_per_second);
    human_latency("delivery", &delivery_latency);
    human_latency("ack", &ack_latency);
    human_cpu(interval, "msg");
    human_counts();
    fputc('\n', human());
}

void report_relay(const struct interval *interval, double setup_seconds, double behind_ms)
{
    print_relay(interval, behind_ms);
    if (options.json) {
        print_relay_json(interval, setup_seconds, behind_ms);
    }
}

// ---- handshakes and idle --------------------------------------------------------------------------------------------

void report_handshakes(const struct interval *interval)
{
    fprintf(human(), "%s %s handshakes, %u at once: %.0f/s, %.1f %% resumed", options.protocol_name,
            options.workload_name, conn_count, interval->units_per_second, 100 * interval->resumed_share);
    human_latency("connect to answer", &delivery_latency);
    human_cpu(interval, "handshake");
    fputc('\n', human());
    if (options.json) {
        json_start();
        json_number("at_once", conn_count);
        json_number("handshakes", interval->units);
        json_number("handshakes_per_second", interval->units_per_second);
        json_number("resumed_share", interval->resumed_share);
        json_latency("latency_us", &delivery_latency);
        json_cpu(interval, "server_us_per_handshake");
        puts("}");
    }
}

void report_idle(const struct interval *interval, double setup_seconds, long rss_before, long rss_after)
{
    double kib_each = (double)(rss_after - rss_before) / conn_count;
    fprintf(human(), "%s idle n=%u: server %ld -> %ld KiB, %.2f KiB a connection; %.4f cores while idle; opened in "
            "%.2f s\n", options.protocol_name, conn_count, rss_before, rss_after, kib_each, interval->server_cores,
            setup_seconds);
    if (options.json) {
        json_start();
        json_number("connections", conn_count);
        json_number("setup_seconds", setup_seconds);
        json_number("server_rss_before_kib", (double)rss_before);
        json_number("server_rss_after_kib", (double)rss_after);
        json_number("kib_per_connection", kib_each);
        json_number("idle_server_cores", interval->server_cores);
        puts("}");
    }
}
