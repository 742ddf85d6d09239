// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One action of a runbook.
 *
 * <p>Texts may hold {@code {{name}}}. Header values and the body may also hold secrets as {@code
 * ${NAME}} or {@code ${file:PATH}}; these stay as written here and in every fact, and are looked up
 * only while the request is sent. The address is shown to the approver and holds no secret.
 *
 * @param id what the step is called in facts and templates
 * @param kind what it does
 * @param approval whether a second person must consent; null means required for a webhook, else
 *     none
 * @param method HTTP method of a webhook; null means POST
 * @param url address of a webhook, http or https
 * @param headers headers of a webhook, by name; null means none
 * @param body body of a webhook, or the text of a manual step or a message; null means empty
 * @param success which answers count as success; null means any status from 200 to 299
 * @param timeout for the whole call, at most 15 minutes; null means 30 seconds
 * @param idempotent whether the target folds repeats with the same {@code Idempotency-Key}, so that
 *     a call with an unknown outcome may be repeated without asking a person
 */
public record Step(
    String id,
    Kind kind,
    Approval approval,
    String method,
    String url,
    Map<String, String> headers,
    String body,
    Success success,
    Duration timeout,
    boolean idempotent) {

  /** What a step does. */
  public enum Kind {
    /** Calls an address. */
    WEBHOOK,
    /** Asks a person to do it and say so. */
    MANUAL,
    /** Posts a message in the incident's channel. */
    MESSAGE
  }

  /** Whether a step needs the consent of a second person. */
  public enum Approval {
    /** Another person than the requester must approve the exact request. */
    REQUIRED,
    /** The request of one person is enough. */
    NONE
  }

  /**
   * Which answers of a webhook count as success.
   *
   * @param status the status codes; null or empty means 200 to 299
   * @param json values the answer must have, by path such as {@code result.state} or {@code
   *     /result/state}; null means none
   */
  public record Success(List<Integer> status, Map<String, String> json) {
    /** Any status from 200 to 299. */
    public static final Success ANY_2XX = new Success(List.of(), Map.of());

    /** Refuses numbers that are no status. */
    public Success {
      status = status == null ? List.of() : List.copyOf(status);
      json = sorted(json);
      for (int code : status) {
        Runbook.require(
            isWanted(code), "a success status is between 200 and 599 and no redirect, not " + code);
      }
    }

    private static boolean isWanted(int code) {
      return code >= 200 && code <= 299 || code >= 400 && code <= 599;
    }

    /** Returns whether this status is one of the wanted ones. */
    public boolean accepts(int code) {
      return status.isEmpty() ? code >= 200 && code <= 299 : status.contains(code);
    }
  }

  /** How long a call may take when the runbook does not say. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** A longer call is a job: the target answers at once and reports later. */
  public static final Duration MAX_TIMEOUT = Duration.ofMinutes(15);

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** Fills the defaults and refuses what cannot work. */
  public Step {
    Runbook.require(
        id != null && Runbook.NAME.matcher(id).matches(),
        "a step's id has lower-case letters, digits, '-' and '_', for example call-deployer, not "
            + id);
    Runbook.require(
        kind != null, "step " + id + " has no kind; it is one of webhook, manual, message");
    if (approval == null) {
      approval = kind == Kind.WEBHOOK ? Approval.REQUIRED : Approval.NONE;
    }
    method = method == null ? "POST" : method.strip().toUpperCase(Locale.ROOT);
    url = url == null ? "" : url.strip();
    headers = sorted(headers);
    body = body == null ? "" : body;
    success = success == null ? Success.ANY_2XX : success;
    timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
    checkCall(id, method, timeout);
    checkKind(id, kind, url, method, body);
    if (kind == Kind.WEBHOOK) {
      RequestTemplate.check(id, url, headers, body);
    } else {
      Template.parse(body);
    }
  }

  /** Returns whether a second person must consent before the step runs. */
  public boolean needsApproval() {
    return approval == Approval.REQUIRED;
  }

  private static void checkCall(String id, String method, Duration timeout) {
    Runbook.require(
        METHODS.contains(method),
        "step " + id + " has the method " + method + "; it is one of GET POST PUT PATCH DELETE");
    Runbook.require(
        !timeout.isZero() && !timeout.isNegative() && timeout.compareTo(MAX_TIMEOUT) <= 0,
        "step "
            + id
            + " has a timeout of "
            + timeout.toSeconds()
            + " s; at most 15m, for example 30s");
  }

  private static void checkKind(String id, Kind kind, String url, String method, String body) {
    boolean webhook = kind == Kind.WEBHOOK;
    Runbook.require(!webhook || !url.isEmpty(), "step " + id + " is a webhook and needs an url");
    Runbook.require(
        webhook || url.isEmpty(), "step " + id + " is no webhook and cannot have an url");
    Runbook.require(
        webhook || !body.isBlank(), "step " + id + " needs a body: the text that people read");
    Runbook.require(
        !webhook || !method.equals("GET") || body.isEmpty(),
        "step " + id + " is a GET and cannot have a body; use POST");
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
