// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Elapsed;
import dev.muster.chat.spi.pace.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Fetches the bot's own token for one audience by client credentials and keeps it until five
 * minutes before it ends. One thread fetches at a time: while the token in hand is still good the
 * others go on with it, else they wait for the result, good or bad. A token in hand is used to its
 * last second when renewing fails. Thread-safe.
 */
public final class TokenSource {

  /** Renewed this long before its end, so that no call leaves with a token about to expire. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  /** A failure is repeated to whoever asks within this time. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Tokens of apps live for 60 to 90 minutes, with continuous evaluation up to 28 hours. */
  private static final long LONGEST_LIFE_SECONDS = Duration.ofHours(28).toSeconds();

  /** A consent is asked after at most this often. */
  private static final Duration CONSENT_PAUSE = Duration.ofMinutes(1);

  private static final Set<Integer> PASSING = Set.of(408, 412, 429);
  private static final int LARGEST_ANSWER = 200_000;
  private static final String WHAT = "Signing in as the app";

  private final OkHttpClient http;
  private final InstantSource clock;
  private final App app;
  private final String scope;
  private final ReentrantLock fetching = new ReentrantLock();
  private Token current = Token.NONE;
  private Optional<ChatOutcome<Token>> failure = Optional.empty();
  private Instant failedAt = Instant.EPOCH;
  private AppProof provedBy;
  private Instant consentAskedAt = Instant.EPOCH;
  private volatile Optional<Duration> clockOff = Optional.empty();

  /**
   * Who signs in, and where.
   *
   * @param loginUrl ends with a slash
   * @param tenant the tenant's id
   * @param id the app's id; blank means that nothing is signed at all
   * @param proof what it proves itself with; an operator may put in another
   * @param ids never the same twice
   */
  public record App(
      String loginUrl, String tenant, String id, Supplier<AppProof> proof, Supplier<String> ids) {}

  private record Token(String value, Instant ends) {
    private static final Token NONE = new Token("", Instant.EPOCH);
  }

  /** Creates a source; fetches nothing. {@code scope} names the audience. */
  public TokenSource(OkHttpClient http, InstantSource clock, App app, String scope) {
    this.http = http;
    this.clock = clock;
    this.app = app;
    this.scope = scope;
    this.provedBy = app.proof().get();
  }

  /** Returns whether calls go out without a token, as in an anonymous trial. */
  public boolean isAnonymous() {
    return app.id().isBlank() || app.proof().get().isBlank();
  }

  /** Returns how far our clock was ahead of the sign-in service's when it last answered. */
  public Optional<Duration> clockOff() {
    return clockOff;
  }

  /** Returns the proof in force. */
  public AppProof proof() {
    return app.proof().get();
  }

  /** Returns the token, fetched if need be; blocks for at most the client's own limit. */
  public ChatOutcome<String> token() {
    if (isAnonymous()) {
      return new ChatOutcome.Done<>("");
    }
    Optional<ChatOutcome<String>> ready = ready();
    if (ready.isPresent()) {
      return ready.get();
    }
    Optional<String> stillGood = stillGood();
    if (stillGood.isEmpty()) {
      fetching.lock();
    } else if (!fetching.tryLock()) {
      return new ChatOutcome.Done<>(stillGood.get());
    }
    try {
      return ready().orElseGet(this::renewed);
    } finally {
      fetching.unlock();
    }
  }

  /** What can be said without asking: a token with life in it, or a failure a moment ago. */
  private synchronized Optional<ChatOutcome<String>> ready() {
    Instant now = clock.instant();
    if (!provedBy.equals(app.proof().get())) {
      forget();
    }
    if (now.isBefore(current.ends().minus(EARLY))) {
      return Optional.of(new ChatOutcome.Done<>(current.value()));
    }
    if (failure.isEmpty() || Elapsed.isOver(failedAt, PAUSE, now)) {
      return Optional.empty();
    }
    return Optional.of(
        stillGood()
            .<ChatOutcome<String>>map(ChatOutcome.Done::new)
            .orElseGet(() -> failure.get().map(Token::value)));
  }

  private synchronized Optional<String> stillGood() {
    return clock.instant().isBefore(current.ends())
        ? Optional.of(current.value())
        : Optional.empty();
  }

  private ChatOutcome<String> renewed() {
    ChatOutcome<Token> fetched = fetchedNow();
    return stillGood()
        .<ChatOutcome<String>>map(ChatOutcome.Done::new)
        .orElseGet(() -> fetched.map(Token::value));
  }

  private ChatOutcome<Token> fetchedNow() {
    AppProof proof = app.proof().get();
    ChatOutcome<Token> fetched = fetch(clock.instant(), proof);
    synchronized (this) {
      provedBy = proof;
      if (fetched instanceof ChatOutcome.Done<Token> done) {
        current = done.value();
        failure = Optional.empty();
      } else {
        failure = Optional.of(fetched);
        failedAt = clock.instant();
      }
    }
    return fetched;
  }

  private synchronized void forget() {
    current = Token.NONE;
    failure = Optional.empty();
    provedBy = app.proof().get();
  }

  /** Asks for a new token now; the one in hand is kept when that fails. */
  public ChatOutcome<String> fresh() {
    if (isAnonymous()) {
      return new ChatOutcome.Done<>("");
    }
    fetching.lock();
    try {
      return fetchedNow().map(Token::value);
    } finally {
      fetching.unlock();
    }
  }

  /** Returns the token in hand without asking; empty when a call would have to fetch one first. */
  synchronized String inHand() {
    return current.value();
  }

  /** Forgets a token that the other side refused, unless another one has come since. */
  synchronized void drop(String refused) {
    if (refused.isEmpty() || current.value().equals(refused)) {
      forget();
    }
  }

  /**
   * Forgets the token because it lacks a permission: what an app may do is written into its token,
   * so a consent given since needs a new one. Returns false when that was done a moment ago.
   */
  synchronized boolean dropForConsent(String lacking) {
    Instant now = clock.instant();
    if (!current.value().equals(lacking)) {
      return true;
    }
    if (!Elapsed.isOver(consentAskedAt, CONSENT_PAUSE, now)) {
      return false;
    }
    consentAskedAt = now;
    forget();
    return true;
  }

  private ChatOutcome<Token> fetch(Instant now, AppProof proof) {
    String address = app.loginUrl() + app.tenant() + "/oauth2/v2.0/token";
    FormBody.Builder form =
        new FormBody.Builder()
            .add("grant_type", "client_credentials")
            .add("client_id", app.id())
            .add("scope", scope);
    proof.addTo(form, new AppProof.SignInTo(app.id(), address, now, app.ids().get()));
    Request request = new Request.Builder().url(address).post(form.build()).build();
    try (Response response = http.newCall(request).execute();
        ResponseBody body = response.body()) {
      clockOff = Headers.date(response).map(theirs -> Duration.between(theirs, clock.instant()));
      byte[] bytes = body.byteStream().readNBytes(LARGEST_ANSWER);
      return response.isSuccessful() ? read(bytes, now) : refused(response, bytes, proof);
    } catch (IOException e) {
      return Failure.connection(WHAT, Failure.Kind.READ, e);
    }
  }

  private ChatOutcome<Token> refused(Response response, byte[] body, AppProof proof) {
    int status = response.code();
    JsonNode answer = Json.readOrEmpty(body);
    boolean passes = answer.path("error").asText("").equals("temporarily_unavailable");
    if (passes || PASSING.contains(status) || status >= 500) {
      int plain = PASSING.contains(status) || status >= 500 ? status : 503;
      Duration after =
          RetryAfter.of(response.header("Retry-After"), clock.instant()).orElse(Failure.SHORT);
      return Failure.status(WHAT, Failure.Kind.READ, plain, after, Optional.empty());
    }
    String sentence =
        status == 400 || status == 401
            ? SignInRefusal.sentence(answer, proof.key())
            : WHAT
                + " was answered with "
                + status
                + ". See that login-url is right and that no proxy stands between.";
    return new ChatOutcome.Refused<>(sentence, ChatOutcome.Cause.CREDENTIALS);
  }

  private static ChatOutcome<Token> read(byte[] body, Instant now) {
    JsonNode answer = Json.readOrEmpty(body);
    String value = answer.path("access_token").asText("");
    long seconds = Math.min(answer.path("expires_in").asLong(0), LONGEST_LIFE_SECONDS);
    return value.isEmpty() || seconds <= 0
        ? Failure.unreadable(WHAT, Failure.Kind.READ)
        : new ChatOutcome.Done<>(new Token(value, now.plusSeconds(seconds)));
  }
}
