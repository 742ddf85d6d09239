// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What an answer's class is made of is found out once, and nothing of an answer is lost by that.
 */
final class SlackMethodsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeSlack slack = new FakeSlack(clock);
  private final SlackApi api =
      new SlackApi(
          new OkHttpClient(),
          slack.apiUrl(),
          () -> Secret.of(FakeSlack.BOT_TOKEN),
          "slack-methods-test",
          clock,
          new Telemetry());
  private final AtomicInteger foundOut = new AtomicInteger();

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  private SlackMethods methods() {
    Gson noting =
        new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .registerTypeAdapterFactory(
                new TypeAdapterFactory() {
                  @Override
                  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
                    if (type.getRawType() == AuthTestResponse.class) {
                      foundOut.incrementAndGet();
                    }
                    return null;
                  }
                })
            .create();
    return new SlackMethods(api.sdk(), noting, FakeSlack.BOT_TOKEN);
  }

  @Test
  void answers_ofOneKind_areFoundOutAboutOnce() throws Exception {
    SlackMethods methods = methods();

    AuthTestResponse first = methods.authTest(r -> r);
    AuthTestResponse second = methods.authTest(r -> r);

    assertEquals(1, foundOut.get());
    assertTrue(first.isOk());
    assertEquals(first.getBotId(), second.getBotId());
    assertTrue(first.getBotId().startsWith("B"), first.getBotId());
    assertTrue(second.getHttpResponseHeaders().containsKey("x-oauth-scopes"));
  }

  @Test
  void answer_thatIsNo2xx_isThrownWithItsStatus() {
    slack.arm("auth.test", FakeFault.RATE_LIMITED);

    SlackApiException thrown =
        assertThrows(SlackApiException.class, () -> methods().authTest(r -> r));

    assertEquals(429, thrown.getResponse().code());
    assertEquals(0, foundOut.get());
  }
}
