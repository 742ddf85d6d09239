// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.UserRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * Fingerprint of what an approval is for: run, step, content of the runbook, parameters, the exact
 * request or text, requester and expiry. Change one of them and the digest is another.
 *
 * <p>Every part is written with its length before it, so that no two different things share one
 * text.
 */
final class ApprovalDigest {

  private final StringBuilder canonical = new StringBuilder("muster-approval-1");

  private ApprovalDigest() {}

  /** Returns 64 lower-case hexadecimal digits. */
  static String of(RunbookRun run, StepRun step, UserRef requester, Instant expiry) {
    ApprovalDigest digest = new ApprovalDigest();
    digest.part(run.id()).part(run.incident().toString()).part(run.runbook().name());
    digest.part(run.runbook().contentHash()).map(run.parameters());
    digest.part(step.stepId()).part(step.idempotencyKey()).part(step.text());
    digest.request(step.request());
    digest.part(requester.platform()).part(requester.id()).part(expiry.toString());
    return digest.sha256();
  }

  private void request(RenderedRequest request) {
    if (request == null) {
      part("no call");
      return;
    }
    part(request.method()).part(request.url()).map(request.headers()).part(request.body());
  }

  private ApprovalDigest part(String text) {
    canonical.append('\n').append(text.length()).append(':').append(text);
    return this;
  }

  private ApprovalDigest map(Map<String, String> entries) {
    part(String.valueOf(entries.size()));
    entries.forEach((name, value) -> part(name).part(value));
    return this;
  }

  private String sha256() {
    try {
      byte[] bytes = canonical.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
