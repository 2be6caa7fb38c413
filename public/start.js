// Starts the program. Trunk names the two files by their content and writes them into the
// page as preload links; reading them from there keeps this file free of build steps.
const link = (rel) => document.querySelector(`link[rel="${rel}"][href*="fairlead-"]`);

try {
  const { default: init } = await import(link("modulepreload").href);
  await init({ module_or_path: link("preload").href });
  document.documentElement.dataset.started = "yes";
} catch (error) {
  dispatchEvent(new CustomEvent("fairlead-failed", { detail: error?.message ?? error }));
  throw error;
}
