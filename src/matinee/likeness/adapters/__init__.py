"""Those who look at clips, real and made up."""
