const answer = await fetch(`${globalThis.settings.VITE_API_URL}/health`);
document.querySelector('#health').textContent = (await answer.json()).status;
