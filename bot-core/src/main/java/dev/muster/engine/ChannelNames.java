// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.Incident;
import java.text.Normalizer;
import java.util.Locale;

/** Names channels {@code inc-<number>-<slug>}; private ones without a word of the title. */
final class ChannelNames {

  /** The longest slug; with the number it stays below every platform's limit. */
  private static final int MAX_SLUG = 40;

  private ChannelNames() {}

  /** Returns the wanted name: lower-case ASCII letters, digits and dashes. */
  static String of(Incident incident) {
    String slug = incident.isPrivate() ? "private" : slug(incident.title());
    return "inc-" + incident.id().number() + (slug.isEmpty() ? "" : "-" + slug);
  }

  private static String slug(String title) {
    String ascii =
        Normalizer.normalize(title, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    if (ascii.length() <= MAX_SLUG) {
      return ascii;
    }
    int cut = ascii.lastIndexOf('-', MAX_SLUG);
    return ascii.substring(0, cut > MAX_SLUG / 2 ? cut : MAX_SLUG);
  }
}
