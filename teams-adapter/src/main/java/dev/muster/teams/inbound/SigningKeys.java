// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.Elapsed;
import dev.muster.teams.client.HostGuard;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * The Bot Connector's signing keys by id. A known key is served from memory at once, also while a
 * fetch runs or fails: keys age after a day, are fetched anew beside the traffic, and serve on for
 * another day if that fails. An unknown id causes at most one fetch in five minutes, and all who
 * need it wait for the same one, though never more than a few requests, so that a flood of made-up
 * ids while the metadata is slow takes no thread from genuine calls. Thread-safe.
 */
public final class SigningKeys {

  /** Fetched anew after this; Microsoft asks for at least once a day. */
  static final Duration FRESH = Duration.ofHours(24);

  /** Served no longer than this when fetching fails: a day past the refresh. */
  static final Duration GRACE = Duration.ofHours(48);

  /** At most one fetch for unknown ids in this time. */
  static final Duration UNKNOWN_PAUSE = Duration.ofMinutes(5);

  /** Pause after a failed fetch while there is no key at all. */
  static final Duration EMPTY_PAUSE = Duration.ofSeconds(5);

  /** A request waits this long for keys; Teams gives up after 10 to 15 seconds. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  /** Requests that wait for a fetch at once; whoever comes then is told to come again. */
  public static final int MOST_WAITING = 16;

  private static final int SMALLEST_MODULUS_BITS = 2048;
  private static final int LARGEST_ANSWER = 1_000_000;

  private final OkHttpClient http;
  private final InstantSource clock;
  private final Executor executor;
  private final HttpUrl metadata;
  private Keys keys = new Keys(Map.of(), Instant.EPOCH);
  private Instant lastTry = Instant.EPOCH;
  private CompletableFuture<Keys> running;
  private int waiting;

  /** Creates an empty cache; fetches nothing. {@code metadata} is the OpenID document's address. */
  public SigningKeys(OkHttpClient http, InstantSource clock, Executor executor, String metadata) {
    this.http = http.newBuilder().callTimeout(WAIT.toMillis(), TimeUnit.MILLISECONDS).build();
    this.clock = clock;
    this.executor = executor;
    this.metadata = HttpUrl.get(metadata);
  }

  /**
   * A key and the channels it may speak for.
   *
   * @param key the public key
   * @param endorsements channel ids
   */
  record Endorsed(RSAPublicKey key, Set<String> endorsements) {}

  /** What asking for a key can yield. */
  sealed interface Found {
    /** The key is known. */
    record Key(Endorsed key) implements Found {}

    /** The keys are known and this is none of them. */
    record NoSuchKey() implements Found {}

    /** There are no usable keys, because they could not be fetched. */
    record Unavailable() implements Found {}
  }

  private record Keys(Map<String, Endorsed> byId, Instant at) {}

  /** Returns the key of that id; waits for a fetch only when the id is unknown. */
  Found find(String id) {
    CompletableFuture<Keys> fetch;
    synchronized (this) {
      Instant now = clock.instant();
      boolean usable = isUsable(now);
      Endorsed known = usable ? keys.byId().get(id) : null;
      if (known != null) {
        refreshWhenAged(now);
        return new Found.Key(known);
      }
      if (running == null && !Elapsed.isOver(lastTry, usable ? UNKNOWN_PAUSE : EMPTY_PAUSE, now)) {
        return usable ? new Found.NoSuchKey() : new Found.Unavailable();
      }
      fetch = running == null ? begin(now) : running;
      if (waiting >= MOST_WAITING) {
        return new Found.Unavailable();
      }
      waiting++;
    }
    try {
      return afterFetch(id, fetch);
    } finally {
      synchronized (this) {
        waiting--;
      }
    }
  }

  /** Keys from after now are of before the clock was set back, and as good as ever. */
  private boolean isUsable(Instant now) {
    return now.isBefore(keys.at().plus(GRACE));
  }

  /** Begins to fetch keys beside the traffic, so that the first call need not wait for them. */
  public synchronized void warmUp() {
    if (running == null && keys.byId().isEmpty()) {
      begin(clock.instant());
    }
  }

  /** Returns whether there are keys in hand or they can be fetched now; waits a few seconds. */
  public boolean canBeFetched() {
    return !(find("") instanceof Found.Unavailable);
  }

  private Found afterFetch(String id, CompletableFuture<Keys> fetch) {
    try {
      Endorsed key = fetch.get(WAIT.toMillis(), TimeUnit.MILLISECONDS).byId().get(id);
      return key == null ? new Found.NoSuchKey() : new Found.Key(key);
    } catch (ExecutionException e) {
      synchronized (this) {
        return isUsable(clock.instant()) ? new Found.NoSuchKey() : new Found.Unavailable();
      }
    } catch (TimeoutException e) {
      return new Found.Unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Found.Unavailable();
    }
  }

  private void refreshWhenAged(Instant now) {
    boolean aged = Elapsed.isOver(keys.at(), FRESH, now);
    if (aged && running == null && Elapsed.isOver(lastTry, UNKNOWN_PAUSE, now)) {
      begin(now);
    }
  }

  private CompletableFuture<Keys> begin(Instant now) {
    lastTry = now;
    CompletableFuture<Keys> fetch = CompletableFuture.supplyAsync(() -> fetched(now), executor);
    running = fetch;
    fetch.whenComplete((fresh, failure) -> finish(fresh));
    return fetch;
  }

  private synchronized void finish(Keys fresh) {
    running = null;
    if (fresh != null) {
      keys = fresh;
    }
  }

  private Keys fetched(Instant now) {
    try {
      String address = read(metadata).path("jwks_uri").asText("");
      HttpUrl url = HttpUrl.parse(address);
      if (url == null || !isPinned(url)) {
        throw new IOException("the keys are not where the metadata is");
      }
      Map<String, Endorsed> byId = new HashMap<>();
      read(url).path("keys").forEach(node -> key(node).ifPresent(k -> byId.put(id(node), k)));
      if (byId.isEmpty()) {
        throw new IOException("no usable key");
      }
      return new Keys(Map.copyOf(byId), now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys lie on the host of the metadata, over https; on this machine anything goes. */
  private boolean isPinned(HttpUrl url) {
    boolean trial = HostGuard.isLoopback(metadata.host()) && HostGuard.isLoopback(url.host());
    return trial || (url.isHttps() && url.host().equals(metadata.host()));
  }

  private JsonNode read(HttpUrl url) throws IOException {
    try (Response response = http.newCall(new Request.Builder().url(url).build()).execute();
        ResponseBody body = response.body()) {
      if (!response.isSuccessful()) {
        throw new IOException("answered with " + response.code());
      }
      byte[] bytes = body.byteStream().readNBytes(LARGEST_ANSWER);
      return Json.read(bytes);
    }
  }

  private static String id(JsonNode node) {
    return node.path("kid").asText("");
  }

  private static Optional<Endorsed> key(JsonNode node) {
    if (!node.path("kty").asText("").equals("RSA") || id(node).isEmpty()) {
      return Optional.empty();
    }
    try {
      RSAPublicKeySpec spec = new RSAPublicKeySpec(number(node, "n"), number(node, "e"));
      RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
      Set<String> endorsements = new HashSet<>();
      node.path("endorsements").forEach(e -> endorsements.add(e.asText()));
      boolean strong = key.getModulus().bitLength() >= SMALLEST_MODULUS_BITS;
      return strong ? Optional.of(new Endorsed(key, Set.copyOf(endorsements))) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static BigInteger number(JsonNode node, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(node.path(name).asText("")));
  }
}
