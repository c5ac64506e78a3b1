// A server that replies with the text in capitals (ASCII): upper single PORT, or upper batch PORT.
// "single" has a recvfrom and a sendto for each datagram, "batch" a recvmmsg and a sendmmsg for up to 64 of them (Linux).
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_BATCH 64
#define MAX_PAYLOAD 65507

static char buffers[MAX_BATCH][MAX_PAYLOAD];
static struct sockaddr_in peers[MAX_BATCH];
static struct iovec vectors[MAX_BATCH];
static struct mmsghdr messages[MAX_BATCH];

static void to_upper(char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 'a' && text[i] <= 'z') {
            text[i] -= 'a' - 'A';
        }
    }
}

static void serve_single(int server) {
    socklen_t size = sizeof peers[0];
    ssize_t length = recvfrom(server, buffers[0], MAX_PAYLOAD, 0, (struct sockaddr *)&peers[0], &size);
    if (length >= 0) {
        to_upper(buffers[0], length);
        sendto(server, buffers[0], length, 0, (struct sockaddr *)&peers[0], size);
    }
}

static void prepare(int count) {
    for (int i = 0; i < count; i++) {
        vectors[i] = (struct iovec){buffers[i], MAX_PAYLOAD};
        messages[i].msg_hdr = (struct msghdr){
            .msg_iov = &vectors[i], .msg_iovlen = 1, .msg_name = &peers[i], .msg_namelen = sizeof peers[i]};
    }
}

static void serve_batch(int server) {
    int count = recvmmsg(server, messages, MAX_BATCH, MSG_WAITFORONE, NULL);
    for (int i = 0; i < count; i++) {
        to_upper(buffers[i], messages[i].msg_len);
        vectors[i].iov_len = messages[i].msg_len;
    }
    for (int i = 0; i < count;) {
        int sent = sendmmsg(server, &messages[i], count - i, 0);
        i += sent > 0 ? sent : 1; // without the one that cannot be sent
    }
    prepare(count);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: upper single|batch PORT\n");
        return 2;
    }
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    int bytes = 4 << 20;
    setsockopt(server, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    setsockopt(server, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(server, (struct sockaddr *)&local, sizeof local) != 0) {
        perror("bind");
        return 1;
    }
    prepare(MAX_BATCH);
    int batch = strcmp(argv[1], "batch") == 0;
    for (;;) {
        batch ? serve_batch(server) : serve_single(server);
    }
}
