// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.effect.Effect;
import dev.muster.effect.EffectHandler;
import dev.muster.effect.QueuedEffect;
import java.util.function.Function;

/**
 * Hands one order to whoever carries out its kind; blocks for as long as the other side may take.
 */
final class Carrying implements EffectHandler<Settlement> {

  private final Carriers carriers;
  private final QueuedEffect order;

  Carrying(Carriers carriers, QueuedEffect order) {
    this.carriers = carriers;
    this.order = order;
  }

  private Settlement inChat(Function<ChatPlatform, Settlement> work) {
    return carriers.chat().on(Addressee.platformOf(order.effect()).orElseThrow(), work);
  }

  @Override
  public Settlement openChannel(Effect.OpenChannel e) {
    return inChat(to -> carriers.rooms().open(to, order, carriers.chat().key(order), e));
  }

  @Override
  public Settlement setTopic(Effect.SetTopic e) {
    return inChat(to -> carriers.rooms().setTopic(to, e));
  }

  @Override
  public Settlement invitePeople(Effect.InvitePeople e) {
    return inChat(to -> carriers.rooms().invite(to, e));
  }

  @Override
  public Settlement showMessage(Effect.ShowMessage e) {
    return inChat(to -> carriers.messages().show(to, order, carriers.chat().key(order), e));
  }

  @Override
  public Settlement pinMessage(Effect.PinMessage e) {
    return inChat(to -> carriers.rooms().pin(to, e));
  }

  @Override
  public Settlement tellPerson(Effect.TellPerson e) {
    return inChat(
        to -> ChatCarrier.plain(to.tell(carriers.chat().key(order), e.to(), e.message())));
  }

  @Override
  public Settlement openForm(Effect.OpenForm e) {
    return inChat(to -> carriers.chat().openForm(to, order, e));
  }

  @Override
  public Settlement addReaction(Effect.AddReaction e) {
    return inChat(to -> ChatCarrier.decoration(to.react(e.message(), e.name())));
  }

  @Override
  public Settlement addBookmark(Effect.AddBookmark e) {
    return inChat(to -> carriers.rooms().addBookmark(to, e));
  }

  @Override
  public Settlement removeBookmark(Effect.RemoveBookmark e) {
    return inChat(to -> carriers.rooms().removeBookmark(to, e));
  }

  @Override
  public Settlement withdrawMessage(Effect.WithdrawMessage e) {
    return inChat(to -> carriers.messages().withdraw(to, e));
  }

  @Override
  public Settlement leaveChannel(Effect.LeaveChannel e) {
    return inChat(to -> carriers.rooms().leave(to, e));
  }

  @Override
  public Settlement openThread(Effect.OpenThread e) {
    return inChat(to -> carriers.rooms().openThread(to, e));
  }

  @Override
  public Settlement joinChannel(Effect.JoinChannel e) {
    return inChat(to -> carriers.rooms().join(to, e));
  }

  @Override
  public Settlement archiveChannel(Effect.ArchiveChannel e) {
    return inChat(to -> carriers.rooms().archive(to, e));
  }

  @Override
  public Settlement unarchiveChannel(Effect.UnarchiveChannel e) {
    return inChat(to -> carriers.rooms().unarchive(to, e));
  }

  @Override
  public Settlement postDocument(Effect.PostDocument e) {
    return inChat(to -> carriers.messages().document(to, carriers.chat().key(order), e));
  }

  @Override
  public Settlement readHistory(Effect.ReadHistory e) {
    return inChat(to -> carriers.history().read(to, e, carriers.chat().begun(order)));
  }

  @Override
  public Settlement readAgain(Effect.ReadAgain e) {
    return inChat(to -> carriers.history().readAgain(to, e, carriers.chat().begun(order)));
  }

  @Override
  public Settlement readMessage(Effect.ReadMessage e) {
    return carriers.screens().read(e);
  }

  @Override
  public Settlement showHome(Effect.ShowHome e) {
    return carriers.screens().home(e);
  }

  @Override
  public Settlement updateForm(Effect.UpdateForm e) {
    return carriers.screens().form(e);
  }

  @Override
  public Settlement showLink(Effect.ShowLink e) {
    return carriers.screens().link(e);
  }

  @Override
  public Settlement checkMembers(Effect.CheckMembers e) {
    return inChat(to -> carriers.rooms().checkMembers(to, e));
  }

  @Override
  public Settlement findPerson(Effect.FindPerson e) {
    return carriers.people().find(order, e);
  }

  @Override
  public Settlement callStep(Effect.CallStep e) {
    return carriers.steps().carryOut(order, e);
  }
}
