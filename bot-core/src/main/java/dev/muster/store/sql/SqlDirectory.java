// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.store.Directory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** People in the table {@code person}; the writer remembers those who were asked for lately. */
final class SqlDirectory implements Directory {

  private static final String REMEMBER =
      """
      INSERT INTO person (platform, id, folded_id, folded_name, body, as_of)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (platform, id) DO UPDATE SET
        folded_name = excluded.folded_name, body = excluded.body, as_of = excluded.as_of
      """;
  private static final String FIND = "SELECT body, as_of FROM person WHERE platform = ? AND id = ?";
  private static final String BY_NAME =
      """
      SELECT body, as_of FROM person WHERE platform = ? AND folded_id = ?
      UNION SELECT body, as_of FROM person WHERE platform = ? AND folded_name = ? LIMIT 2
      """;

  private static final int MOST_REMEMBERED = 1_000;

  private final Statements statements;
  private final ObjectMapper json;
  private final boolean remembers;
  private final Map<UserRef, Known> known = new LinkedHashMap<>();

  SqlDirectory(Statements statements, ObjectMapper json, boolean remembers) {
    this.statements = statements;
    this.json = json;
    this.remembers = remembers;
  }

  /** Forgets what was remembered, because some of it was rolled back. */
  void forget() {
    known.clear();
  }

  @Override
  public void remember(Profile profile, Instant now) {
    UserRef user = profile.person().ref();
    known.remove(user);
    statements.update(
        REMEMBER,
        user.platform(),
        user.id(),
        folded(user.id()),
        folded(profile.person().name()),
        StoreJson.write(json, profile),
        now);
  }

  @Override
  public Optional<Known> find(UserRef user) {
    Known remembered = known.get(user);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    Optional<Known> stored = statements.first(FIND, this::read, user.platform(), user.id());
    stored.filter(found -> remembers).ifPresent(found -> remember(user, found));
    return stored;
  }

  private void remember(UserRef user, Known found) {
    if (known.size() >= MOST_REMEMBERED) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(user, found);
  }

  @Override
  public Optional<Known> byName(String platform, String name) {
    String folded = folded(name);
    List<Known> found = statements.list(BY_NAME, this::read, platform, folded, platform, folded);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private Known read(ResultSet row) throws SQLException {
    return new Known(
        StoreJson.read(json, row.getString(1), Profile.class), Micros.read(row.getLong(2)));
  }

  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
