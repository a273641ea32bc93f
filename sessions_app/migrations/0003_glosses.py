"""A translation beside the words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name="contribution",
            name="gloss",
            field=models.TextField(
                blank=True, default="", help_text="A translation that somebody wrote beside the words."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contribution",
            name="gloss_language",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
