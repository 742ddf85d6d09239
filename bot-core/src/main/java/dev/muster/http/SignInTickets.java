// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.signin.Dice;
import dev.muster.signin.Digest;
import dev.muster.signin.oidc.Attempt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Attempts to sign in, kept by the browsers that made them: signed with a key of this process, good
 * for ten minutes and one use. So two tabs can sign in at once, and whoever begins a thousand
 * attempts costs no memory. Thread-safe.
 */
final class SignInTickets {

  static final Duration LIFE = Duration.ofMinutes(10);

  private static final int MOST_REMEMBERED = 10_000;
  private static final int ID = 12;
  private static final int PARTS = 5;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;
  private final Dice dice;
  private final InstantSource clock;
  private final Map<String, Boolean> used =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  SignInTickets(Dice dice, InstantSource clock) {
    this.key = dice.bytes();
    this.dice = dice;
    this.clock = clock;
  }

  /** What a ticket holds. */
  record Ticket(Attempt attempt, String to) {}

  /** Begins an attempt. */
  Ticket begin(String to) {
    Attempt attempt = new Attempt(dice.roll(), dice.roll(), dice.roll(), clock.instant());
    return new Ticket(attempt, to);
  }

  /** Returns what tells apart the tickets of one browser. */
  static String id(String state) {
    return state.length() >= ID && state.matches("[A-Za-z0-9_-]{12,128}")
        ? state.substring(0, ID)
        : "";
  }

  /** Returns the ticket as the browser keeps it. */
  String sealed(Ticket ticket) {
    Attempt attempt = ticket.attempt();
    String content =
        String.join(
            "\n",
            attempt.state(),
            attempt.nonce(),
            attempt.verifier(),
            String.valueOf(attempt.began().getEpochSecond()),
            ticket.to());
    String encoded = encode(content.getBytes(StandardCharsets.UTF_8));
    return encoded + "." + seal(encoded);
  }

  /** Opens a ticket for the answer with this state, once. */
  Optional<Ticket> redeem(String kept, String state) {
    int dot = kept.indexOf('.');
    boolean genuine = dot > 0 && Digest.same(seal(kept.substring(0, dot)), kept.substring(dot + 1));
    return genuine
        ? open(kept.substring(0, dot))
            .filter(ticket -> Digest.same(ticket.attempt().state(), state))
            .filter(ticket -> isYoung(ticket.attempt().began()))
            .filter(ticket -> isFirst(state))
        : Optional.empty();
  }

  private boolean isYoung(Instant began) {
    return Duration.between(began, clock.instant()).abs().compareTo(LIFE) < 0;
  }

  private boolean isFirst(String state) {
    synchronized (used) {
      return used.put(state, true) == null;
    }
  }

  private static Optional<Ticket> open(String encoded) {
    byte[] content = Base64.getUrlDecoder().decode(encoded);
    String[] parts = new String(content, StandardCharsets.UTF_8).split("\n", PARTS);
    Instant began = Instant.ofEpochSecond(Long.parseLong(parts[3]));
    return Optional.of(new Ticket(new Attempt(parts[0], parts[1], parts[2], began), parts[4]));
  }

  private String seal(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
