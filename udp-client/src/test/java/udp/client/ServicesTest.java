package udp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import udp.api.spi.Providers;
import udp.api.spi.TransportProvider;
import udp.api.spi.TransportProvider.Role;
import udp.test.Services;

class ServicesTest {
    @Test
    void theClassPathOffersWhatTheModulePathOffers() throws IOException {
        Services services = new Services(Main.class);
        assertEquals(services.ofModulePath(), services.ofClassPath());
    }

    @Test
    void theClientsTransportsAreTwo() {
        assertEquals(
                List.of("channel", "socket"),
                Providers.transports(Role.CLIENT).stream()
                        .map(TransportProvider::name)
                        .sorted()
                        .toList());
    }
}
