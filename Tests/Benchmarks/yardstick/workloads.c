// The four workloads: open the connections, drive them through the measured time, take leave.
#include "load.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    OPENING_AT_ONCE = 64,      // below the servers' listen backlog
    SENDS_PER_POLL = 256,      // open loop: even when late, look at what arrives now and then
    LATE_ANSWER_SECONDS = 2,   // after the last send: no answer for so long means that it is lost
    LEAVE_SECONDS = 3,
    SETTLE_SECONDS = 2,        // idle: the server may still be tidying up after the handshakes
};

static struct conn *conns;
uint32_t conn_count;
static uint32_t ready_count;
static uint64_t handshakes, resumed_handshakes;

// ---- watching -------------------------------------------------------------------------------------------------------

// How many connections are in which phase, for the message of a run that stands still.
static const char *describe_phases(void)
{
    static char text[512];
    size_t length = 0;
    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        int count = 0;
        for (uint32_t i = 0; i < conn_count; i++) {
            count += conns[i].phase == (enum phase)phase;
        }
        if (count > 0) {
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%d %s", length ? ", " : "", count,
                                       phase_name((enum phase)phase));
        }
    }
    return text;
}

void load_lost(struct conn *conn, const char *why)
{
    if (!run_is_over) {
        fail(EXIT_UNAVAILABLE, "127.0.0.1:%d: %s, %s: %s", options.port, describe(conn), phase_name(conn->phase), why);
    }
}

// Called again and again with a number that ought to grow; ends the process when it has not for too long.
static void watch_progress(uint64_t value, const char *what)
{
    static uint64_t last_value, last_change_ns;
    uint64_t now = now_ns();
    if (value != last_value || last_change_ns == 0) {
        last_value = value;
        last_change_ns = now;
    } else if ((double)(now - last_change_ns) > options.stall_seconds * 1e9) {
        fail(EXIT_UNAVAILABLE, "nothing moves for %g s: %s %llu; connections: %s", options.stall_seconds, what,
             (unsigned long long)value, describe_phases());
    }
}

// ---- measured interval ----------------------------------------------------------------------------------------------

struct snapshot {
    uint64_t at_ns, server_cpu_ns, own_cpu_ns;
    uint64_t units, resumed;  // units: messages delivered, or handshakes
};

static struct snapshot take_snapshot(void)
{
    return (struct snapshot){
        .at_ns = now_ns(),
        .server_cpu_ns = server_cpu_ns(),
        .own_cpu_ns = own_cpu_ns(),
        .units = options.workload == WORKLOAD_RELAY ? counts.delivered : handshakes,
        .resumed = resumed_handshakes,
    };
}

static struct interval between(const struct snapshot *begin, const struct snapshot *end)
{
    double ns = (double)(end->at_ns - begin->at_ns);
    double units = (double)(end->units - begin->units);
    double server_ns = (double)(end->server_cpu_ns - begin->server_cpu_ns);
    return (struct interval){
        .seconds = ns / 1e9,
        .units = units,
        .units_per_second = units / ns * 1e9,
        .resumed_share = units > 0 ? (double)(end->resumed - begin->resumed) / units : 0,
        .server_us_per_unit = units > 0 ? server_ns / 1e3 / units : 0,
        .server_cores = server_ns / ns,
        .own_cores = (double)(end->own_cpu_ns - begin->own_cpu_ns) / ns,
    };
}

// Runs `step` through the warm-up and the measured time.
static struct interval drive(void (*step)(void))
{
    uint64_t begin_ns = now_ns() + (uint64_t)(options.warmup_seconds * 1e9);
    uint64_t end_ns = begin_ns + (uint64_t)(options.seconds * 1e9);
    struct snapshot begin = take_snapshot();
    uint64_t now;
    while ((now = now_ns()) < end_ns) {
        if (!measuring && now >= begin_ns) {
            begin = take_snapshot();
            measuring = true;
        }
        step();
    }
    struct snapshot end = take_snapshot();
    measuring = false;
    return between(&begin, &end);
}

static void poll_for(double seconds)
{
    uint64_t end_ns = now_ns() + (uint64_t)(seconds * 1e9);
    while (now_ns() < end_ns) {
        wire_poll(20);
    }
}

// ---- opening connections --------------------------------------------------------------------------------------------

static void create_connections(uint32_t count)
{
    conn_count = count;
    conns = calloc(count, sizeof *conns);
    for (uint32_t i = 0; i < count; i++) {
        conns[i].index = i;
        conns[i].role = ROLE_PROBE;
        conns[i].number = i;
    }
}

// Opens conns[first … first + count) and waits until all are ready.
static void open_connections(uint32_t first, uint32_t count)
{
    uint32_t opened = 0, ready_before = ready_count;
    while (ready_count - ready_before < count) {
        while (opened < count && opened - (ready_count - ready_before) < OPENING_AT_ONCE) {
            wire_open(&conns[first + opened++]);
        }
        wire_poll(100);
        watch_progress(ready_count, "connections ready");
    }
}

static void handshake_done(struct conn *conn)
{
    handshakes++;
    resumed_handshakes += (uint64_t)SSL_session_reused(conn->ssl);
    if (measuring) {
        histogram_add(&delivery_latency, now_ns() - conn->opened_at_ns);
    }
    wire_close(conn);
}

void load_ready(struct conn *conn)
{
    ready_count++;
    if (options.workload == WORKLOAD_FULL || options.workload == WORKLOAD_RESUME) {
        handshake_done(conn);
    }
}

// ---- workload relay -------------------------------------------------------------------------------------------------

static struct {
    uint64_t start_ns, sent;
    uint32_t turn;
} schedule;

static uint64_t scheduled_ns(void)
{
    return schedule.start_ns + (uint64_t)((double)schedule.sent / options.rate * 1e9);
}

static void assign_role(struct conn *conn, enum role role, uint32_t number)
{
    conn->role = role;
    conn->number = number;
    if (role == ROLE_SENDER) {
        conn->flow = &flows[number];
        flows[number].sender = conn;
    }
}

// Both ends of a pair side by side: neither is ready before they have met.
static void open_pairs(void)
{
    create_connections(2 * flow_count);
    for (uint32_t i = 0; i < conn_count; i++) {
        assign_role(&conns[i], i % 2 ? ROLE_RECEIVER : ROLE_SENDER, i / 2);
    }
    open_connections(0, conn_count);
}

static void open_agents_then_customers(void)
{
    uint32_t capacity = (uint32_t)options.agent_capacity;
    uint32_t agents = (flow_count + capacity - 1) / capacity;
    create_connections(agents + flow_count);
    for (uint32_t i = 0; i < conn_count; i++) {
        assign_role(&conns[i], i < agents ? ROLE_RECEIVER : ROLE_SENDER, i < agents ? i : i - agents);
    }
    open_connections(0, agents);
    poll_for(0.3);  // time for chats left over from a killed run to show up and be ended
    chats_wrapped_up = 0;
    customers_may_enter = true;
    open_connections(agents, flow_count);
}

static void send_messages(struct flow *flow, uint32_t count, uint64_t at_ns)
{
    static struct bytes batch;
    batch.length = 0;
    for (uint32_t i = 0; i < count; i++) {
        protocol_append_message(&batch, flow->number, flow_take_seq(flow, at_ns));
        if (!options.coalesce) {
            wire_send(flow->sender, batch.data, batch.length);
            batch.length = 0;
        }
    }
    if (batch.length > 0) {
        wire_send(flow->sender, batch.data, batch.length);
    }
    wire_flush(flow->sender);
}

// Closed loop: as many as the window lacks. The window counts deliveries; acks may lag behind them by the ring.
static void fill_window(struct flow *flow)
{
    uint32_t under_way = flow->next_seq - flow->delivered;
    uint32_t missing = (uint32_t)options.window > under_way ? (uint32_t)options.window - under_way : 0;
    uint32_t room = flow_room(flow);
    uint32_t count = missing < room ? missing : room;
    if (count > 0) {
        send_messages(flow, count, now_ns());
    }
}

static void closed_loop_step(void)
{
    wire_poll(100);
    for (struct flow *flow; (flow = flows_next_to_refill());) {
        fill_window(flow);
    }
    watch_progress(counts.delivered, "messages delivered");
}

// Open loop: the schedule does not wait for answers, and a latency counts from the scheduled time, so a server that
// stops for 50 ms pays for every message of those 50 ms. Polls without sleeping: a timer's slack would be latency.
static void open_loop_step(void)
{
    wire_poll(0);
    uint64_t now = now_ns();
    for (int i = 0; i < SENDS_PER_POLL; i++) {
        uint64_t due_ns = scheduled_ns();
        struct flow *flow = &flows[schedule.turn];
        if (due_ns > now || flow_room(flow) == 0) {
            break;
        }
        send_messages(flow, 1, due_ns);
        schedule.sent++;
        schedule.turn = (schedule.turn + 1) % flow_count;
    }
    if (counts.delivered < counts.sent) {
        watch_progress(counts.delivered, "messages delivered");
    } else {
        watch_progress(schedule.sent, "messages sent");
    }
}

static struct interval drive_relay(void)
{
    if (options.rate > 0) {
        schedule.start_ns = now_ns();
        return drive(open_loop_step);
    }
    for (uint32_t i = 0; i < flow_count; i++) {
        fill_window(&flows[i]);
    }
    return drive(closed_loop_step);
}

// So that "sent" can be compared with "delivered" to the last message.
static void wait_for_late_answers(void)
{
    uint64_t last = 0, last_change_ns = now_ns();
    while (!flows_all_finished() && now_ns() - last_change_ns < LATE_ANSWER_SECONDS * NS_PER_SECOND) {
        wire_poll(20);
        if (counts.delivered + counts.acked != last) {
            last = counts.delivered + counts.acked;
            last_change_ns = now_ns();
        }
    }
}

static bool all_chats_closed(void)
{
    for (uint32_t i = 0; i < flow_count; i++) {
        if (flows[i].sender->phase != PHASE_CLOSED) {
            return false;
        }
    }
    return chats_wrapped_up >= (int)flow_count;
}

// A chat that is simply dropped is held for minutes and would take an agent's place in the next run.
static void leave_chats(void)
{
    run_is_over = true;
    if (!speaks_sangdam()) {
        return;
    }
    for (uint32_t i = 0; i < flow_count; i++) {
        protocol_leave(flows[i].sender);
    }
    uint64_t end_ns = now_ns() + LEAVE_SECONDS * NS_PER_SECOND;
    while (!all_chats_closed() && now_ns() < end_ns) {
        wire_poll(20);
    }
    if (!all_chats_closed()) {
        warn("some chats could not be ended; they may disturb the next run on this server (%s; %d wrapped up)",
             describe_phases(), chats_wrapped_up);
    }
    for (uint32_t i = 0; i < conn_count; i++) {
        if (conns[i].role == ROLE_RECEIVER && conns[i].phase == PHASE_READY) {
            protocol_go_offline(&conns[i]);
        }
    }
    poll_for(0.05);
}

static double behind_schedule_ms(void)
{
    uint64_t due_ns = options.rate > 0 ? scheduled_ns() : UINT64_MAX;
    uint64_t now = now_ns();
    return due_ns < now ? (double)(now - due_ns) / 1e6 : 0;
}

// Closed loop: the window, and slack for acks that come after the delivery. Open loop: as much backlog as 40 MB hold.
static uint32_t ring_slots(uint32_t pairs)
{
    uint32_t wanted = options.rate > 0 ? (1u << 22) / pairs : 4u * (uint32_t)options.window;
    uint32_t slots = options.rate > 0 ? 1024 : 64;
    while (slots < wanted && slots < 65536) {
        slots *= 2;
    }
    return slots;
}

int run_relay(void)
{
    uint32_t pairs = (uint32_t)options.connections / 2;
    flows_create(pairs, ring_slots(pairs));
    uint64_t start_ns = now_ns();
    if (speaks_sangdam()) {
        open_agents_then_customers();
    } else {
        open_pairs();
    }
    double setup_seconds = (double)(now_ns() - start_ns) / 1e9;
    struct interval interval = drive_relay();
    double behind_ms = behind_schedule_ms();
    wait_for_late_answers();
    report_relay(&interval, setup_seconds, behind_ms);
    leave_chats();
    if (interval.units == 0) {
        fail(EXIT_UNAVAILABLE, "no message arrived in the measured time");
    }
    return count_errors() == 0 ? EXIT_SUCCESS : EXIT_COUNTS;
}

// ---- workloads full and resume --------------------------------------------------------------------------------------

static void handshake_step(void)
{
    wire_poll(50);
    for (uint32_t i = 0; i < conn_count; i++) {
        if (conns[i].phase == PHASE_CLOSED) {
            wire_open(&conns[i]);
        }
    }
    watch_progress(handshakes, "handshakes done");
}

static bool all_have_tickets(void)
{
    for (uint32_t i = 0; i < conn_count; i++) {
        if (!conns[i].ticket) {
            return false;
        }
    }
    return true;
}

// A first, full handshake each. Every later one uses the newest ticket of its own predecessor, as a returning client
// would.
static void collect_tickets(void)
{
    while (!all_have_tickets()) {
        handshake_step();
        if (handshakes > 10 * (uint64_t)conn_count) {
            fail(EXIT_PROTOCOL, "the server sends no session tickets before it answers: nothing to resume");
        }
    }
}

int run_handshakes(void)
{
    create_connections((uint32_t)options.handshakes_at_once);
    if (options.workload == WORKLOAD_RESUME) {
        collect_tickets();
    }
    struct interval interval = drive(handshake_step);
    run_is_over = true;
    report_handshakes(&interval);
    if (interval.units == 0) {
        fail(EXIT_UNAVAILABLE, "no handshake was done in the measured time; connections: %s", describe_phases());
    }
    if (options.workload == WORKLOAD_RESUME && interval.resumed_share < 0.99) {
        fail(EXIT_COUNTS, "only %.1f %% of the handshakes were resumptions", 100 * interval.resumed_share);
    }
    return EXIT_SUCCESS;
}

// ---- workload idle --------------------------------------------------------------------------------------------------

static void idle_step(void)
{
    wire_poll(100);
}

int run_idle(void)
{
    create_connections((uint32_t)options.connections);
    long rss_before = server_rss_kib();
    uint64_t start_ns = now_ns();
    open_connections(0, conn_count);
    double setup_seconds = (double)(now_ns() - start_ns) / 1e9;
    poll_for(SETTLE_SECONDS);
    long rss_after = server_rss_kib();
    struct interval interval = drive(idle_step);
    run_is_over = true;
    report_idle(&interval, setup_seconds, rss_before, rss_after);
    return EXIT_SUCCESS;
}
