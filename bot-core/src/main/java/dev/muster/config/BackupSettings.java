// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Within;
import java.time.Duration;

/**
 * Backups that are made without anybody asking.
 *
 * @param enabled whether they are
 * @param folder where they lie, relative to the working directory; empty for {@code backups} beside
 *     the store
 * @param every how often
 * @param hourly of how many hours the newest is kept
 * @param daily of how many days
 * @param weekly of how many weeks
 */
public record BackupSettings(
    @Default("true") boolean enabled,
    @Default("") String folder,
    @Default("1h") @Within(min = "10m", max = "7d") Duration every,
    @Default("24") @Within(min = "1", max = "1000") int hourly,
    @Default("7") @Within(min = "0", max = "1000") int daily,
    @Default("4") @Within(min = "0", max = "1000") int weekly) {}
