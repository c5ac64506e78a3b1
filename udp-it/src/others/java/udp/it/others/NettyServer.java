package udp.it.others;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.nio.ByteBuffer;
import udp.internal.net.Addresses;
import udp.server.processor.UpperProcessor;

/**
 * A server with Netty that has a single event loop, our processor and our buffer sizes. {@code NettyServer PORT} uses the JDK's
 * channels. {@code NettyServer PORT epoll} uses Netty's native code, which receives and sends up to 64 datagrams with a system
 * call; then a datagram may have at most 16,384 bytes.
 */
final class NettyServer {
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int MAX_BATCH = 64;
    private static final int BATCH_PAYLOAD = 16_384;

    private NettyServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        boolean epoll = arguments.length > 1;
        Bootstrap bootstrap = epoll
                ? new Bootstrap()
                        .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                        .channel(EpollDatagramChannel.class)
                        .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, BATCH_PAYLOAD)
                : new Bootstrap()
                        .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                        .channel(NioDatagramChannel.class);
        int space = epoll ? MAX_BATCH * BATCH_PAYLOAD : Addresses.MAX_PAYLOAD;
        bootstrap
                .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(space))
                .handler(new Upper())
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .await();
    }

    private static final class Upper extends SimpleChannelInboundHandler<DatagramPacket> {
        private final UpperProcessor processor = new UpperProcessor();

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf request = packet.content();
            ByteBuf reply = context.alloc().directBuffer(request.readableBytes());
            ByteBuffer space = reply.nioBuffer(0, request.readableBytes());
            processor.process(request.nioBuffer(), space, packet.sender());
            reply.writerIndex(space.position());
            context.write(new DatagramPacket(reply, packet.sender()));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
