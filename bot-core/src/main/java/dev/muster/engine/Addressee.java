// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import dev.muster.effect.EffectHandler;
import java.util.Optional;

/** Knows which platform an order goes to. Pure. */
final class Addressee implements EffectHandler<Optional<String>> {

  private static final Addressee OF_ALL = new Addressee();

  private Addressee() {}

  /** Returns the platform; empty for orders that go to none. */
  static Optional<String> platformOf(Effect effect) {
    return OF_ALL.handle(effect);
  }

  @Override
  public Optional<String> openChannel(Effect.OpenChannel order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> setTopic(Effect.SetTopic order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> invitePeople(Effect.InvitePeople order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> showMessage(Effect.ShowMessage order) {
    return Optional.of(order.target().platform());
  }

  @Override
  public Optional<String> pinMessage(Effect.PinMessage order) {
    return Optional.of(order.target().platform());
  }

  @Override
  public Optional<String> tellPerson(Effect.TellPerson order) {
    return Optional.of(order.to().user().platform());
  }

  @Override
  public Optional<String> openForm(Effect.OpenForm order) {
    return Optional.of(order.to().user().platform());
  }

  @Override
  public Optional<String> addReaction(Effect.AddReaction order) {
    return Optional.of(order.message().channel().platform());
  }

  @Override
  public Optional<String> addBookmark(Effect.AddBookmark order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> removeBookmark(Effect.RemoveBookmark order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> withdrawMessage(Effect.WithdrawMessage order) {
    return Optional.of(order.target().platform());
  }

  @Override
  public Optional<String> leaveChannel(Effect.LeaveChannel order) {
    return Optional.of(order.channel().platform());
  }

  @Override
  public Optional<String> openThread(Effect.OpenThread order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> joinChannel(Effect.JoinChannel order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> archiveChannel(Effect.ArchiveChannel order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> unarchiveChannel(Effect.UnarchiveChannel order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> postDocument(Effect.PostDocument order) {
    return Optional.of(order.target().platform());
  }

  @Override
  public Optional<String> readHistory(Effect.ReadHistory order) {
    return Optional.of(order.channel().platform());
  }

  @Override
  public Optional<String> readAgain(Effect.ReadAgain order) {
    return Optional.of(order.channel().platform());
  }

  @Override
  public Optional<String> readMessage(Effect.ReadMessage order) {
    return Optional.of(order.message().channel().platform());
  }

  @Override
  public Optional<String> showHome(Effect.ShowHome order) {
    return Optional.of(order.user().platform());
  }

  @Override
  public Optional<String> updateForm(Effect.UpdateForm order) {
    return Optional.of(order.user().platform());
  }

  @Override
  public Optional<String> showLink(Effect.ShowLink order) {
    return Optional.of(order.message().channel().platform());
  }

  @Override
  public Optional<String> checkMembers(Effect.CheckMembers order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> findPerson(Effect.FindPerson order) {
    return Optional.of(order.platform());
  }

  @Override
  public Optional<String> callStep(Effect.CallStep order) {
    return Optional.empty();
  }
}
