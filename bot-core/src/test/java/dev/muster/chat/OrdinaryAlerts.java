// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes up texts as monitoring systems send them, none of which holds a secret. */
final class OrdinaryAlerts {

  private static final List<String> SENTENCES =
      List.of(
          "%w: %n%% of requests to %h failed in the last %n minutes",
          "Pod %p in namespace %w restarted %n times",
          "KubeDeploymentReplicasMismatch deployment=%w-%w cluster=%w severity=critical",
          "disk /dev/nvme0n1p%n on %i is %n%% full, device=%w mountpoint=/var/lib/%w",
          "Commit %x broke build #%n of %w/%w: https://git.example/%w/%w/commit/%x",
          "trace_id=%x span_id=%x http.status=%n duration=%n.%nms",
          "Certificate of %h expires in %n days (serial %X)",
          "image registry.example/%w/%w@sha256:%x%x cannot be pulled",
          "Alarm arn:aws:cloudwatch:eu-west-1:%d:alarm:%C-%C is in state ALARM",
          "The password of the service account expires soon; token rotation failed for %w",
          "Unexpected token < in JSON at position %n, key: %w, secret %w not found",
          "%C%C%C%C failed: java.lang.IllegalStateException at com.example.%w.%C.%w(%C.java:%n)",
          "session %u of user %w timed out after %n s, request id %u",
          "https://grafana.example/d/%g/%w-overview?orgId=1&from=%d&to=%d&viewPanel=%n",
          "p99 latency of %h:%n is %n ms, threshold is %n ms; runbook https://wiki.example/%C%C#%w",
          "Kafka consumer group %w-%w lags by %d on topic %w.%w.v%n partition %n",
          "order %d of customer %d failed with code %n at 2026-11-22T%n:%n:00Z",
          "key=%w value=%n cache_key=%w:%n shard_key: %w",
          "basic %w/%w/readiness checks of %h; bearer token-validation-failed in %w-%w",
          "password: expired for %w; api_key: invalid; pwd: /srv/%w/releases/%n",
          "secret: tls-%w-%n expires; vault secret: kv/%w/db%n; idempotency token: %u",
          "sk-%w-prod-%w-0%n lost key-%x, token: %d, Unexpected token: line%n",
          "dd.trace_id=%d instance %d: NoClassDefFoundError: com/example/%C%n%C%n%C/%C%nImpl7",
          "ETag \"%x\" of %h/%w/%w.tar.gz differs from checksum %x%x");
  private static final List<String> WORDS =
      List.of(
          "checkout",
          "payments",
          "prod",
          "ingress",
          "billing",
          "orders",
          "search",
          "auth",
          "edge",
          "frontend",
          "worker",
          "postgres",
          "redis",
          "eu",
          "staging",
          "inventory",
          "shipping");

  private OrdinaryAlerts() {}

  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      text.append(filled(SENTENCES.get(random.nextInt(SENTENCES.size())), random)).append('\n');
    }
    return text.toString();
  }

  private static String filled(String sentence, Random random) {
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < sentence.length(); i++) {
      if (sentence.charAt(i) == '%' && i + 1 < sentence.length()) {
        i++;
        filled.append(value(sentence.charAt(i), random));
      } else {
        filled.append(sentence.charAt(i));
      }
    }
    return filled.toString();
  }

  private static String value(char kind, Random random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String word = WORDS.get(random.nextInt(WORDS.size()));
    return switch (kind) {
      case 'n' -> String.valueOf(random.nextInt(100));
      case 'd' -> String.valueOf(1_000_000_000_000L + (random.nextLong() >>> 24));
      case 'w' -> word;
      case 'C' -> Character.toUpperCase(word.charAt(0)) + word.substring(1);
      case 'h' -> word + "-" + random.nextInt(9) + ".example.com";
      case 'i' -> "10." + random.nextInt(255) + "." + random.nextInt(255) + ".7";
      case 'p' -> word + "-" + HexFormat.of().formatHex(bytes, 0, 5) + "-x7k2p";
      case 'x' -> HexFormat.of().formatHex(bytes);
      case 'X' -> HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes);
      case 'u' -> UUID.nameUUIDFromBytes(bytes).toString();
      case 'g' -> Long.toString(random.nextLong() >>> 8, 36);
      default -> "%";
    };
  }
}
