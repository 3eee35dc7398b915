// The shop's side of the chat: open it about an order, and end it at signing out.

const FRESH_MS = 20 * 60 * 1000; // the page's tokens live for 30 minutes
const LOGOUT_MS = 1000;
const loadedAt = Date.now();

const chat = document.getElementById("chat");
chat?.addEventListener("click", openChat);
document.getElementById("sign-out")?.addEventListener("submit", signOut);

async function openChat() {
  const identity = Date.now() - loadedAt < FRESH_MS ? chat.dataset.identity : await freshIdentity(chat.dataset.order);
  if (identity && window.Baton) {
    window.Baton.open({ identity });
    return;
  }
  document.getElementById("chat-trouble").textContent =
    "The chat isn't available right now. Please try again in a minute, or reload the page.";
}

async function freshIdentity(order) {
  try {
    const answer = await fetch(`/identity?order=${encodeURIComponent(order)}`);
    return answer.ok ? (await answer.json()).token : null;
  } catch {
    return null;
  }
}

async function signOut(event) {
  event.preventDefault();
  const waited = new Promise((done) => setTimeout(done, LOGOUT_MS));
  await Promise.race([Promise.resolve(window.Baton?.logout()).catch(() => {}), waited]);
  event.target.submit();
}
