// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What secrets look like that begin or lie like no other word; shapes as their issuers document
 * them. Repetitions give nothing back, so that the time stays in proportion to the text.
 */
final class SecretKinds {

  /**
   * A kind of secret.
   *
   * @param word its name, an enumerated word such as {@code aws_key}
   * @param part stands in every one of them and is cheap to look for
   * @param pattern what is taken out
   */
  record Kind(String word, String part, Pattern pattern) {}

  private static final String FREE = "(?<![A-Za-z0-9])";

  /** A cache names its entries in the same way. */
  private static final String MAIL_NEAR =
      "(?:(?<=(?i:mailgun|\\bapi\\b)[^\\n]{0,80})|(?=[^\\n]{0,40}(?i:mailgun|\\bapi\\b)))";

  private static final String MIXED =
      "(?=[A-Za-z+/=]{0,400}+[0-9]|(?=[A-Z+/=]{0,400}+[a-z])[a-z+/=]{0,400}+[A-Z])";
  private static final String FREE_DASH = "(?<![A-Za-z0-9_-])";

  /** Kinds that hold at least {@link SecretHints#RUN} letters, digits and dashes in a row. */
  static final List<Kind> LONG =
      List.of(
          kind("aws_key", "AKIA", FREE + "AKIA[A-Z2-7]{16}(?![A-Za-z0-9])"),
          kind("aws_key", "ASIA", FREE + "ASIA[A-Z2-7]{16}(?![A-Za-z0-9])"),
          kind(
              "jwt",
              "eyJ",
              FREE_DASH + "eyJ[A-Za-z0-9_-]{8,}+\\.eyJ[A-Za-z0-9_-]{4,}+\\.[A-Za-z0-9_-]*+"),
          kind("slack_token", "xox", FREE + "xox[abeoprs]-[A-Za-z0-9-]{10,}+"),
          kind("slack_token", "xapp-", FREE + "xapp-[0-9]-[A-Za-z0-9-]{10,}+"),
          kind(
              "webhook_address", "hooks.slack.com/", "(?<=hooks\\.slack\\.com/)[A-Za-z0-9/]{30,}+"),
          kind(
              "webhook_address",
              "/api/webhooks/",
              "(?<=/api/webhooks/)[0-9]{15,20}/[A-Za-z0-9_-]{40,}+"),
          kind(
              "webhook_address",
              "webhook.office.com/",
              "(?<=webhook\\.office\\.com/)[A-Za-z0-9@/-]{60,}+"),
          kind("github_token", "ghp_", FREE + "ghp_[A-Za-z0-9]{30,}+"),
          kind("github_token", "gho_", FREE + "gho_[A-Za-z0-9]{30,}+"),
          kind("github_token", "ghu_", FREE + "ghu_[A-Za-z0-9]{30,}+"),
          kind("github_token", "ghs_", FREE + "ghs_[A-Za-z0-9]{30,}+"),
          kind("github_token", "ghr_", FREE + "ghr_[A-Za-z0-9]{30,}+"),
          kind("github_token", "github_", FREE + "github_pat_[A-Za-z0-9_]{30,}+"),
          kind("gitlab_token", "glpat-", FREE + "glpat-[A-Za-z0-9_-]{20,}+"),
          kind("gitlab_token", "gldt-", FREE + "gldt-[A-Za-z0-9_-]{20,}+"),
          kind("gitlab_token", "glrt-", FREE + "glrt-[A-Za-z0-9_-]{20,}+"),
          kind("gitlab_token", "glptt-", FREE + "glptt-[A-Za-z0-9_-]{20,}+"),
          kind("google_key", "AIza", FREE + "AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
          kind("google_token", "ya29.", FREE + "ya29\\.[A-Za-z0-9_-]{20,}+"),
          kind(
              "api_key",
              "sk-",
              FREE
                  + "sk-(?=[a-z0-9_-]{0,100}+[A-Z]|(?:[a-z0-9]{1,10}-){0,3}[a-z0-9]{32})"
                  + "[A-Za-z0-9_-]{20,}+"),
          kind("stripe_key", "_live_", FREE + "[rs]k_live_[A-Za-z0-9]{16,}+"),
          kind("stripe_key", "_test_", FREE + "[rs]k_test_[A-Za-z0-9]{16,}+"),
          kind("stripe_key", "whsec_", FREE + "whsec_[A-Za-z0-9+/=]{24,}+"),
          kind("twilio_key", "SK", FREE + "SK[0-9a-f]{32}(?![A-Za-z0-9])"),
          kind("sendgrid_key", "SG.", FREE + "SG\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+"),
          kind("npm_token", "npm_", FREE + "npm_[A-Za-z0-9]{30,}+"),
          kind("pypi_token", "pypi-", FREE + "pypi-[A-Za-z0-9_-]{40,}+"),
          kind("digitalocean_token", "_v1_", FREE + "do[opr]_v1_[0-9a-f]{40,}+"),
          kind("telegram_token", ":AA", "(?<![0-9A-Za-z])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
          kind("vault_token", "hvs.", FREE + "hvs\\.[A-Za-z0-9_-]{24,}+"),
          kind("vault_token", "hvb.", FREE + "hvb\\.[A-Za-z0-9_-]{24,}+"),
          kind("databricks_token", "dapi", FREE + "dapi[0-9a-f]{32}(?:-[0-9])?"),
          kind("shopify_token", "shp", FREE + "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
          kind("square_token", "sq0", FREE + "sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,}+"),
          kind("mailgun_key", "key-", FREE_DASH + "key-[0-9a-f]{32}(?![A-Za-z0-9])" + MAIL_NEAR),
          kind("newrelic_key", "NRAK-", FREE + "NRAK-[A-Z0-9]{27}"),
          kind("grafana_token", "glsa_", FREE + "glsa_[A-Za-z0-9_]{32,}+"),
          kind("grafana_token", "glc_", FREE + "glc_[A-Za-z0-9+/=]{32,}+"),
          kind("atlassian_token", "ATATT3", FREE + "ATATT3[A-Za-z0-9_=-]{40,}+"),
          kind("linear_key", "lin_api_", FREE + "lin_api_[A-Za-z0-9]{32,}+"),
          kind("doppler_token", "dp.", FREE + "dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9.]{40,}+"),
          kind("huggingface_token", "hf_", FREE + "hf_[A-Za-z0-9]{30,}+"),
          kind("terraform_token", ".atlasv1.", FREE + "[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{40,}+"),
          kind("age_key", "AGE-SECRET-KEY-", "AGE-SECRET-KEY-1[0-9A-Z]{40,}+"));

  /** What follows the name of a way to log in, and passwords in addresses. */
  static final List<Kind> LOGINS =
      List.of(
          kind(
              "bearer_token",
              " ",
              "(?<=(?i:bearer ))(?!" + OrdinaryValues.WORDS + ")[A-Za-z0-9._~+/=-]{20,}+"),
          kind(
              "basic_login",
              " ",
              "(?<=(?i:basic ))(?!" + OrdinaryValues.WORDS + ")" + MIXED + "[A-Za-z0-9+/=]{16,}+"));

  /** A password in an address. */
  static final Kind URL_PASSWORD =
      kind("url_password", "://", "(?<=://)[^\\s/:@\"']{0,100}:[^\\s/@\"']{1,200}(?=@)");

  private SecretKinds() {}

  private static Kind kind(String word, String part, String pattern) {
    return new Kind(word, part, Pattern.compile(pattern));
  }
}
