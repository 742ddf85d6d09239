// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.google.gson.annotations.SerializedName;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;

/**
 * The answer of {@code conversations.history} with what the SDK leaves out of it. Filled by the
 * SDK's reader of JSON.
 */
final class HistoryAnswer extends ConversationsHistoryResponse {

  @SerializedName("is_limited")
  private boolean limited;

  /** Returns whether there are older messages that the workspace's plan hides. */
  boolean isLimited() {
    return limited;
  }
}
