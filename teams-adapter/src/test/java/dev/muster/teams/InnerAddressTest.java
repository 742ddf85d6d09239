// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bot's token goes to no inner address: not by a name, and not by a row that was changed. */
final class InnerAddressTest extends OnTeams {

  private ServerSocket thief;

  @BeforeEach
  void lieInWait() throws IOException {
    thief = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    ground.place();
  }

  @AfterEach
  void leave() throws IOException {
    thief.close();
  }

  private String address(String scheme, String host) {
    return scheme + "://" + host + ":" + thief.getLocalPort() + "/";
  }

  private void nobodyCame() throws IOException {
    thief.setSoTimeout(1);
    assertThrows(IOException.class, () -> thief.accept().close());
  }

  @Test
  void name_thatLeadsToAnInnerAddress_isNotCalled() throws IOException {
    byte[] inner = InetAddress.getLoopbackAddress().getAddress();
    OkHttpClient misled =
        ground
            .runtime()
            .http()
            .newBuilder()
            .dns(host -> List.of(InetAddress.getByAddress(host, inner)))
            .build();
    OkHttpClient ours = TeamsPlatformFactory.client(misled);
    Request call =
        new Request.Builder()
            .url(address("https", "smba.trafficmanager.net"))
            .header("Authorization", "Bearer token")
            .build();

    assertThrows(UnknownHostException.class, () -> ours.newCall(call).execute().close());

    nobodyCame();
  }

  @Test
  void storedAddress_changedInTheStore_isNotCalled() throws IOException {
    List<Memory.Entry> rows = memory.scan("address", "", 1000);
    assertFalse(rows.isEmpty());
    for (String wrong :
        List.of(
            address("http", "localhost"),
            address("https", "localhost"),
            address("http", "127.0.0.1.nip.example"),
            address("http", "127.0.0.1@localhost"))) {
      memory.put(
          rows.stream().map(row -> new Memory.Write(row.key(), Optional.of(wrong))).toList());
      try (ChatPlatform again =
          new TeamsPlatformFactory().create(ground.config(), inbox, ground.runtime())) {
        ChatOutcome<?> outcome =
            again.post(
                key(wrong), ground.placeRef(), Optional.empty(), BotMessage.line("For them."));

        assertFalse(outcome instanceof ChatOutcome.Done, wrong + " " + outcome);
      }
      nobodyCame();
    }
    assertTrue(
        ground
            .teams()
            .tenant()
            .conversation(ground.placeRef().id())
            .orElseThrow()
            .messages()
            .stream()
            .noneMatch(message -> message.activity().toString().contains("For them.")));
  }
}
