// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWKSet;
import dev.muster.config.OidcSettings;
import dev.muster.signin.oidc.SignInFailure.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * The identity provider: authorization code with PKCE (S256), and nothing else. Asks nobody before
 * somebody signs in. Thread-safe.
 */
public final class Provider {

  /** At most one fetch of keys for unknown key ids in this time. */
  private static final Duration UNKNOWN_KEY_PAUSE = Duration.ofMinutes(1);

  private final OidcSettings settings;
  private final InstantSource clock;
  private final ProviderCalls calls;
  private final Kept<Metadata> metadata;
  private final Kept<JWKSet> keys;
  private final IdTokenCheck tokens;

  /** Makes one that was not asked yet. */
  public Provider(OidcSettings settings, OkHttpClient http, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    calls = new ProviderCalls(http);
    metadata = new Kept<>(this::discover, clock);
    keys = new Kept<>(this::fetchKeys, clock);
    tokens = new IdTokenCheck(settings);
  }

  private Metadata discover() throws SignInFailure {
    String issuer = settings.issuer().toString();
    String address = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
    return Metadata.of(calls.read(address), issuer);
  }

  private JWKSet fetchKeys() throws SignInFailure {
    try {
      return JWKSet.parse(calls.read(metadata.get().keys().toString()).toString());
    } catch (ParseException e) {
      throw new SignInFailure(Reason.BAD_ANSWER, "the keys cannot be read");
    }
  }

  /**
   * Asks the provider about itself, for an examination.
   *
   * @throws SignInFailure when nobody could sign in now
   */
  public void examine() throws SignInFailure {
    metadata.get();
    keys.get();
  }

  /**
   * Returns where a browser is sent to sign in.
   *
   * @param redirect our address that the answer comes to, exactly as the provider knows it
   */
  public String authorizationAddress(Attempt attempt, String redirect) throws SignInFailure {
    return metadata
        .get()
        .authorize()
        .newBuilder()
        .setQueryParameter("response_type", "code")
        .setQueryParameter("client_id", settings.clientId())
        .setQueryParameter("redirect_uri", redirect)
        .setQueryParameter("scope", String.join(" ", settings.scopes()))
        .setQueryParameter("state", attempt.state())
        .setQueryParameter("nonce", attempt.nonce())
        .setQueryParameter("code_challenge", challenge(attempt.verifier()))
        .setQueryParameter("code_challenge_method", "S256")
        .build()
        .toString();
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Refuses an answer that another provider gave (RFC 9207), before its code is used.
   *
   * @param named who the answer says it is from, if it says so
   */
  public void checkIssuer(Optional<String> named) throws SignInFailure {
    boolean right = named.map(settings.issuer().toString()::equals).orElse(true);
    boolean missing = named.isEmpty() && metadata.get().namesItself();
    if (!right || missing) {
      throw new SignInFailure(Reason.BAD_ANSWER, "the answer is of another issuer");
    }
  }

  /**
   * Redeems a code, checks what comes for it, and returns whom the provider vouches for.
   *
   * @param redirect the same as in {@link #authorizationAddress}
   */
  public Subject redeem(String code, Attempt attempt, String redirect) throws SignInFailure {
    ProviderCalls.Said said = calls.call(tokenRequest(code, attempt, redirect));
    if (said.status() != 200) {
      throw said.status() >= 500
          ? new SignInFailure(Reason.UNREACHABLE, "status " + said.status() + " for a code")
          : new SignInFailure(Reason.PROVIDER_REFUSED, "status " + said.status() + " for a code");
    }
    JWSObject token = IdTokenCheck.parse(said.body().path("id_token").asText(""));
    JWKSet known = keys.get();
    JWKSet usable = IdTokenCheck.knows(known, token) ? known : keys.get(UNKNOWN_KEY_PAUSE);
    String access = said.body().path("access_token").asText("");
    JsonNode claims = tokens.check(token, usable, attempt, access, clock.instant());
    return Claims.subject(claims, settings);
  }

  private Request tokenRequest(String code, Attempt attempt, String redirect) throws SignInFailure {
    Metadata now = metadata.get();
    FormBody.Builder form =
        new FormBody.Builder(StandardCharsets.UTF_8)
            .add("grant_type", "authorization_code")
            .add("code", code)
            .add("redirect_uri", redirect)
            .add("code_verifier", attempt.verifier());
    Request.Builder request = new Request.Builder().url(now.token());
    request.header("Accept", "application/json");
    boolean secret = !settings.clientSecret().isBlank();
    if (secret && now.secretInHeader()) {
      request.header("Authorization", basic());
    } else {
      form.add("client_id", settings.clientId());
    }
    if (secret && !now.secretInHeader()) {
      form.add("client_secret", settings.clientSecret().reveal());
    }
    return request.post(form.build()).build();
  }

  /** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
  private String basic() {
    String joined = encoded(settings.clientId()) + ":" + encoded(settings.clientSecret().reveal());
    byte[] bytes = joined.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Returns where a browser signs out at the provider as well; empty when that is not offered or
   * the provider does not answer.
   *
   * @param back our address that the provider may send the browser back to
   */
  public Optional<String> signOutAddress(String back) {
    try {
      return metadata.get().endSession().map(address -> signOut(address, back));
    } catch (SignInFailure e) {
      return Optional.empty();
    }
  }

  private String signOut(HttpUrl address, String back) {
    return address
        .newBuilder()
        .setQueryParameter("client_id", settings.clientId())
        .setQueryParameter("post_logout_redirect_uri", back)
        .build()
        .toString();
  }
}
